import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../../context.ts';
import { acceptOrganizationInvitation } from '../../resources/organization-invitation.ts';
import { findUser } from '../../resources/user.ts';
import { findTicket, type Ticket, ticketParameter, useSessionTicket } from '../sign-in/ticket.ts';
import { admit } from '../sign-in/verdict.ts';
import { csrfToken } from './csrf.ts';
import { hidden } from './field.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { readForm } from './form.ts';
import { renderPage } from './layout.ts';
import { wantedTarget, withTarget } from './leave.ts';
import { explainRefusal } from './messages.ts';
import type { PageServices } from './services.ts';
import { carried } from './sign-in-view.ts';
import { displayName } from './visitor.ts';

/**
 * Links that sign somebody in, or invite somebody. Opening one shows what it does, and a button does it: links are opened by mail
 * scanners and previews as well, and by visitors to whom somebody sent a link of his own.
 */
export function createTicketPages({ context }: PageServices): Hono {
  const app = new Hono();

  app.get('/v1/tickets/accept', (c) => {
    const query = new URLSearchParams({ [ticketParameter]: c.req.query('ticket') ?? '' });
    const target = c.req.query('redirect_url');
    if (target !== undefined) query.set('redirect_url', target);
    return c.redirect(`/sign-in/ticket?${query}`, 303);
  });

  app.get('/sign-in/ticket', async (c) => {
    const { target } = await wantedTarget(context, c.req.query('redirect_url'));
    const secret = c.req.query(ticketParameter) ?? '';
    const ticket = await findTicket(context, secret);
    if (ticket === undefined) return c.html(renderInvalid(), 422);
    const userId = await ownerOf(context, ticket);
    if (userId === undefined) {
      const signUp = withTarget('/sign-up', target);
      return c.redirect(
        `${signUp}${signUp.includes('?') ? '&' : '?'}${ticketParameter}=${encodeURIComponent(secret)}`,
        303,
      );
    }
    const name = await displayName(context, userId);
    const actor = ticket.kind === 'session' ? ticket.actor?.sub : undefined;
    return c.html(
      renderPage({
        title: `Sign in as ${name}`,
        lead: actor === undefined ? undefined : html`You act for this user as <strong>${String(actor)}</strong>.`,
        content: html`<form method="post" action="/sign-in/ticket">
${carried({ csrf: csrfToken(context, c), target })}
${hidden(ticketParameter, secret)}
<button type="submit" autofocus>${ticket.kind === 'organization-invitation' ? 'Accept the invitation' : 'Continue'}</button>
</form>`,
      }),
    );
  });

  app.post('/sign-in/ticket', async (c) => {
    const form = await readForm(context, c);
    const { target } = await wantedTarget(context, form.redirect_url);
    const ticket = await findTicket(context, form[ticketParameter] ?? '');
    const userId = ticket === undefined ? undefined : await ownerOf(context, ticket);
    if (ticket === undefined || userId === undefined) return c.html(renderInvalid(), 422);
    const verdict = admit(context, await findUser(context, userId));
    if ('refusal' in verdict) {
      const { status, message } = explainRefusal(verdict.refusal);
      return c.html(renderPage({ title: 'That did not work', lead: message, content: html`` }), status);
    }
    if (!(await context.transaction((tx) => useTicket(tx, ticket, userId)))) return c.html(renderInvalid(), 422);
    const details =
      ticket.kind === 'session'
        ? { actor: ticket.actor, lifetimeSeconds: ticket.lifetimeSeconds }
        : ticket.kind === 'organization-invitation'
          ? { organizationId: ticket.invitation.organization_id }
          : {};
    return finishSignIn(context, c, { userId, strategy: 'ticket', ...details }, target);
  });

  return app;
}

/** The user whom a ticket signs in; undefined for an invitation of somebody who has no account yet. */
async function ownerOf({ db }: Context, ticket: Ticket): Promise<string | undefined> {
  if (ticket.kind === 'session') return ticket.userId;
  const owner = await db
    .selectFrom('email_addresses')
    .select('user_id')
    .where('email_address', '=', ticket.invitation.email_address)
    .executeTakeFirst();
  return owner?.user_id;
}

async function useTicket(context: Context, ticket: Ticket, userId: string): Promise<boolean> {
  if (ticket.kind === 'session') return useSessionTicket(context, ticket);
  if (ticket.kind === 'organization-invitation') {
    await acceptOrganizationInvitation(context, ticket.invitation, userId);
    return true;
  }
  const { db, clock } = context;
  const accepted = { status: 'accepted', user_id: userId, updated_at: clock.now() };
  await db.updateTable('invitations').set(accepted).where('id', '=', ticket.invitation.id).execute();
  return true;
}

function renderInvalid() {
  return renderPage({
    title: 'This link does not work any more',
    lead: explainRefusal({ code: 'ticket_invalid' }).message,
    content: html`<a class="button" href="/sign-in">Go to sign-in</a>`,
  });
}
