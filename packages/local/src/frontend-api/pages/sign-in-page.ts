import { Hono, type Context as HonoContext } from 'hono';
import { findClient, startClient } from '../browser/client.ts';
import { issueDevBrowser } from '../browser/dev-browser.ts';
import { proveByCode, signInUnderWay, startEmailCode } from '../sign-in/email-code.ts';
import { proveByPassword } from '../sign-in/prove-by-password.ts';
import { ticketParameter } from '../sign-in/ticket.ts';
import type { SignInRefusal } from '../sign-in/verdict.ts';
import { csrfToken } from './csrf.ts';
import { goOnAfterFirstFactor } from './finish-sign-in.ts';
import { readForm } from './form.ts';
import type { FieldError } from './layout.ts';
import { leaveTo, wantedTarget, withTarget } from './leave.ts';
import { explainRefusal } from './messages.ts';
import type { PageServices } from './services.ts';
import { renderCode, renderSignedIn, renderSignIn, targetRefused } from './sign-in-view.ts';
import { displayName, findVisitor } from './visitor.ts';

/** Sign-in by a password, or by a code that comes by e-mail. */
export function createSignInPages(services: PageServices): Hono {
  const { context } = services;
  const app = new Hono();

  app.get('/sign-in', async (c) => {
    if (c.req.query(ticketParameter) !== undefined)
      return c.redirect(`/sign-in/ticket${new URL(c.req.url).search}`, 303);
    const { target, isRefused } = await wantedTarget(context, c.req.query('redirect_url'));
    const { session } = await findVisitor(context, c.req);
    const state = { csrf: csrfToken(context, c), target };
    if (session !== undefined)
      return c.html(renderSignedIn({ ...state, name: await displayName(context, session.user_id) }));
    return c.html(renderSignIn({ ...state, errors: isRefused ? [targetRefused] : [], identifier: '' }));
  });

  app.post('/sign-in', async (c) => {
    const { redirect_url, identifier = '', password = '', strategy } = await readForm(context, c);
    const { target } = await wantedTarget(context, redirect_url);
    const showAgain = (errors: readonly FieldError[], status: 403 | 422 | 429) =>
      c.html(renderSignIn({ csrf: csrfToken(context, c), target, errors, identifier }), status);
    const byCode = strategy === 'email_code';
    const missing = missingFields(identifier, byCode ? undefined : password);
    if (missing.length > 0) return showAgain(missing, 422);
    const verdict = byCode
      ? await sendCode(services, c, identifier)
      : await proveByPassword(services, identifier, password);
    if (verdict === undefined) return c.redirect(withTarget('/sign-in/code', target), 303);
    if ('user' in verdict)
      return goOnAfterFirstFactor(context, c, { user: verdict.user, strategy: 'password', target });
    return showAgain([explain(c, verdict.refusal)], explainRefusal(verdict.refusal).status);
  });

  app.post('/sign-in/continue', async (c) => {
    const { target } = await wantedTarget(context, (await readForm(context, c)).redirect_url);
    const { client, session } = await findVisitor(context, c.req);
    if (client === undefined || session === undefined) return c.redirect(withTarget('/sign-in', target), 303);
    return leaveTo(context, c, target, () => issueDevBrowser(context, client.id));
  });

  app.get('/sign-in/code', async (c) => {
    const { target } = await wantedTarget(context, c.req.query('redirect_url'));
    const underWay = await signInUnderWay(context, await findClient(context, c.req));
    if (underWay?.status !== 'needs_first_factor') return c.redirect(withTarget('/sign-in', target), 303);
    return c.html(
      renderCode({
        csrf: csrfToken(context, c),
        target,
        errors: [],
        identifier: underWay.identifier,
        action: '/sign-in/code',
      }),
    );
  });

  app.post('/sign-in/code', async (c) => {
    const { redirect_url, code = '', strategy } = await readForm(context, c);
    const { target } = await wantedTarget(context, redirect_url);
    const underWay = await signInUnderWay(context, await findClient(context, c.req));
    if (underWay?.status !== 'needs_first_factor') return c.redirect(withTarget('/sign-in', target), 303);
    const { identifier } = underWay;
    const verdict =
      strategy === 'email_code'
        ? await sendCode(services, c, identifier)
        : await context.transaction((tx) => proveByCode(tx, underWay, code));
    if (verdict === undefined) return c.redirect(withTarget('/sign-in/code', target), 303);
    if ('user' in verdict)
      return goOnAfterFirstFactor(context, c, { user: verdict.user, strategy: 'email_code', target });
    const state = { csrf: csrfToken(context, c), target, identifier, action: '/sign-in/code' } as const;
    return c.html(
      renderCode({ ...state, errors: [explain(c, verdict.refusal)] }),
      explainRefusal(verdict.refusal).status,
    );
  });

  return app;
}

/** Sends a code. Answers with nothing, or with why not. */
async function sendCode(
  { context, attempts }: PageServices,
  c: HonoContext,
  identifier: string,
): Promise<{ readonly refusal: SignInRefusal } | undefined> {
  const wait = attempts.take(`code:${identifier.trim().toLowerCase()}`);
  if (wait > 0) return { refusal: { code: 'too_many_requests', retryAfterSeconds: wait } };
  const known = await findClient(context, c.req);
  const cookies = await context.transaction(async (tx) => {
    const held = known === undefined ? await startClient(tx) : { client: known, cookies: [] };
    await startEmailCode(tx, held.client, identifier.trim());
    return held.cookies;
  });
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
  return undefined;
}

function explain(c: HonoContext, refusal: SignInRefusal): FieldError {
  if ('retryAfterSeconds' in refusal) c.header('retry-after', String(refusal.retryAfterSeconds));
  return explainRefusal(refusal);
}

function missingFields(identifier: string, password: string | undefined): FieldError[] {
  const missing: FieldError[] = [];
  if (identifier.trim() === '') missing.push({ field: 'identifier', message: 'Enter your email address or username.' });
  if (password === '') missing.push({ field: 'password', message: 'Enter your password.' });
  return missing;
}
