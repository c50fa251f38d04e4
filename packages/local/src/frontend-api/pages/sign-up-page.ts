import { Hono, type Context as HonoContext } from 'hono';
import { ApiError, unprocessable } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { hashPassword } from '../../passwords/hash-password.ts';
import { findClient, startClient } from '../browser/client.ts';
import { findTicket, ticketParameter } from '../sign-in/ticket.ts';
import { completeSignUp, type Invitation, refuseSignUpCode, signUpInvited } from '../sign-up/complete-sign-up.ts';
import { assertMaySignUp, assertPassword, resendCode, signUpUnderWay, startSignUp } from '../sign-up/start-sign-up.ts';
import { csrfToken } from './csrf.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { type FormFields, readForm } from './form.ts';
import type { FieldError } from './layout.ts';
import { wantedTarget, withTarget } from './leave.ts';
import { explainRefusal } from './messages.ts';
import type { PageServices } from './services.ts';
import { renderCode } from './sign-in-view.ts';
import { renderSignUp, type SignUpState } from './sign-up-view.ts';

/** Sign-up: address and password, then the code that was sent to the address; by invitation, without a code. */
export function createSignUpPages(services: PageServices): Hono {
  const { context, attempts } = services;
  const app = new Hono();

  app.get('/sign-up', async (c) => {
    const { target } = await wantedTarget(context, c.req.query('redirect_url'));
    const ticket = c.req.query(ticketParameter);
    const invitation = await findInvitation(context, ticket);
    if (ticket !== undefined && invitation === undefined) throw ticketInvalid();
    const state = { csrf: csrfToken(context, c), target, errors: [], firstName: '', lastName: '' };
    return c.html(renderSignUp({ ...state, ...(await describe(context, ticket, invitation)) }));
  });

  app.post('/sign-up', async (c) => {
    const form = await readForm(context, c);
    const { target } = await wantedTarget(context, form.redirect_url);
    const ticket = form[ticketParameter];
    const invitation = await findInvitation(context, ticket);
    if (ticket !== undefined && invitation === undefined) throw ticketInvalid();
    try {
      const wait = attempts.take(`sign-up:${(form.email_address ?? ticket ?? '').trim().toLowerCase()}`);
      if (wait > 0) throw tooMany(wait);
      const data = await readSignUp(context, form, invitation);
      if (invitation !== undefined) {
        const user = await context.transaction((tx) => signUpInvited(tx, invitation, data));
        return await finishSignIn(
          context,
          c,
          { userId: user.id, strategy: 'ticket', ...organizationOf(invitation) },
          target,
        );
      }
      const known = await findClient(context, c.req);
      const cookies = await context.transaction(async (tx) => {
        const held = known === undefined ? await startClient(tx) : { client: known, cookies: [] };
        await startSignUp(tx, held.client, data);
        return held.cookies;
      });
      for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
      return c.redirect(withTarget('/sign-up/code', target), 303);
    } catch (error) {
      const errors = toFieldErrors(error);
      const state: SignUpState = {
        csrf: csrfToken(context, c),
        target,
        errors,
        firstName: form.first_name ?? '',
        lastName: form.last_name ?? '',
        ...(await describe(context, ticket, invitation, form.email_address)),
      };
      return c.html(renderSignUp(state), (error as ApiError).status as 422);
    }
  });

  app.get('/sign-up/code', async (c) => {
    const { target } = await wantedTarget(context, c.req.query('redirect_url'));
    const signUp = await signUpUnderWay(context, await findClient(context, c.req));
    if (signUp === undefined) return c.redirect(withTarget('/sign-up', target), 303);
    return showCode(context, c, target, signUp.email_address ?? '', []);
  });

  app.post('/sign-up/code', async (c) => {
    const { redirect_url, code = '', strategy } = await readForm(context, c);
    const { target } = await wantedTarget(context, redirect_url);
    const signUp = await signUpUnderWay(context, await findClient(context, c.req));
    if (signUp === undefined) return c.redirect(withTarget('/sign-up', target), 303);
    const emailAddress = signUp.email_address ?? '';
    if (strategy === 'email_code') {
      const wait = attempts.take(`sign-up:${emailAddress}`);
      const refusal = { code: 'too_many_requests', retryAfterSeconds: wait } as const;
      if (wait > 0) return showCode(context, c, target, emailAddress, [explainRefusal(refusal)], 429);
      await context.transaction((tx) => resendCode(tx, signUp));
      return c.redirect(withTarget('/sign-up/code', target), 303);
    }
    const refusal = await refuseSignUpCode(context, signUp, code);
    if (refusal !== undefined) return showCode(context, c, target, emailAddress, [explainRefusal(refusal)], 422);
    const user = await context.transaction((tx) => completeSignUp(tx, signUp));
    return finishSignIn(context, c, { userId: user.id, strategy: 'email_code', signUpId: signUp.id }, target);
  });

  // Where redirect helpers of older clients lead (protocol section 11.2).
  app.get('/sign-in/create', (c) => c.redirect(`/sign-up${new URL(c.req.url).search}`, 307));

  return app;
}

async function findInvitation(context: Context, ticket: string | undefined): Promise<Invitation | undefined> {
  const found = ticket === undefined ? undefined : await findTicket(context, ticket);
  return found?.kind === 'session' ? undefined : found;
}

async function readSignUp(context: Context, form: FormFields, invitation: Invitation | undefined) {
  const address = invitation?.invitation.email_address ?? form.email_address ?? '';
  const emailAddress = await assertMaySignUp(context, address, invitation !== undefined);
  const { password = '', first_name = '', last_name = '' } = form;
  assertPassword(password);
  return {
    emailAddress,
    password: await hashPassword(password),
    firstName: first_name.trim() || undefined,
    lastName: last_name.trim() || undefined,
  };
}

/** What the form says of the invitation, if there is one. */
async function describe(
  context: Context,
  ticket: string | undefined,
  invitation: Invitation | undefined,
  typed = '',
): Promise<Pick<SignUpState, 'emailAddress' | 'invitation'>> {
  if (ticket === undefined || invitation === undefined) return { emailAddress: typed };
  const { email_address: emailAddress } = invitation.invitation;
  const to =
    invitation.kind === 'invitation'
      ? 'this application'
      : await organizationName(context, invitation.invitation.organization_id);
  return { emailAddress, invitation: { ticket, to } };
}

async function organizationName({ db }: Context, id: string): Promise<string> {
  const { name } = await db.selectFrom('organizations').select('name').where('id', '=', id).executeTakeFirstOrThrow();
  return name;
}

const organizationOf = (invitation: Invitation) =>
  invitation.kind === 'organization-invitation' ? { organizationId: invitation.invitation.organization_id } : {};

function showCode(
  context: Context,
  c: HonoContext,
  target: URL | undefined,
  emailAddress: string,
  errors: readonly FieldError[],
  status: 200 | 422 | 429 = 200,
): Response | Promise<Response> {
  const state = {
    csrf: csrfToken(context, c),
    target,
    errors,
    identifier: emailAddress,
    action: '/sign-up/code' as const,
  };
  return c.html(renderCode(state), status);
}

/** What the API says of a parameter is what the form says of a field. Rethrows all else. */
function toFieldErrors(error: unknown): FieldError[] {
  if (!(error instanceof ApiError)) throw error;
  return error.errors.map(({ message, meta }) => {
    const field = meta?.param_name;
    return typeof field === 'string' ? { field, message } : { message };
  });
}

function ticketInvalid(): ApiError {
  const { message } = explainRefusal({ code: 'ticket_invalid' });
  return unprocessable('ticket_invalid', ticketParameter, message);
}

function tooMany(retryAfterSeconds: number): ApiError {
  const { message } = explainRefusal({ code: 'too_many_requests', retryAfterSeconds });
  return new ApiError(429, [{ code: 'too_many_requests', message }], { 'retry-after': String(retryAfterSeconds) });
}
