import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../../context.ts';
import type { User } from '../../contract/wire.generated.ts';
import { readUser } from '../../resources/user.ts';
import { fromJsonOrNull, toJsonOrNull } from '../../store/json-column.ts';
import type { Row } from '../../store/rows.ts';
import { issueDevBrowser } from '../browser/dev-browser.ts';
import { switchOrganization } from '../browser/switch-organization.ts';
import { csrfToken } from './csrf.ts';
import { readForm } from './form.ts';
import { type Markup, renderPage } from './layout.ts';
import { leaveTo, wantedTarget, withTarget } from './leave.ts';
import type { PageServices } from './services.ts';
import { carried, type FormState } from './sign-in-view.ts';
import { findVisitor } from './visitor.ts';

const choosesOrganization = 'choose-organization';

/** What a user has to do before the session counts: the pending sessions of protocol section 4.5. */
export function createTaskPages({ context }: PageServices): Hono {
  const app = new Hono();

  app.get('/sign-in/tasks', async (c) => {
    const { target } = await wantedTarget(context, c.req.query('redirect_url'));
    const { session } = await findVisitor(context, c.req);
    if (session === undefined) return c.redirect(withTarget('/sign-in', target), 303);
    const state = { csrf: csrfToken(context, c), target };
    return c.html(renderTasks(state, tasksOf(session), await readUser(context, session.user_id)));
  });

  app.post('/sign-in/tasks', async (c) => {
    const { redirect_url, organization = '' } = await readForm(context, c);
    const { target } = await wantedTarget(context, redirect_url);
    const { client, session } = await findVisitor(context, c.req);
    if (client === undefined || session === undefined) return c.redirect(withTarget('/sign-in', target), 303);
    await context.transaction((tx) => chooseOrganization(tx, session, organization));
    return leaveTo(context, c, target, () => issueDevBrowser(context, client.id));
  });

  return app;
}

const tasksOf = (session: Row<'sessions'>): string[] =>
  (fromJsonOrNull<{ key: string }[]>(session.tasks) ?? []).map(({ key }) => key);

/** An organization that the user does not belong to settles nothing. */
async function chooseOrganization(context: Context, session: Row<'sessions'>, organization: string): Promise<void> {
  const switched = await switchOrganization(context, session, organization);
  if (organization === '' || switched.last_active_organization_id === null) return;
  const left = tasksOf(session).filter((key) => key !== choosesOrganization);
  const tasks = toJsonOrNull(left.length === 0 ? undefined : left.map((key) => ({ key })));
  await context.db
    .updateTable('sessions')
    .set({ tasks, updated_at: context.clock.now() })
    .where('id', '=', session.id)
    .execute();
}

function renderTasks(state: FormState, tasks: readonly string[], user: User): Markup {
  if (tasks.includes(choosesOrganization) && user.organization_memberships.length > 0) {
    return renderPage({
      title: 'Choose an organization',
      lead: 'You act for one organization at a time. You can switch later.',
      content: html`<form method="post" action="/sign-in/tasks">
${carried(state)}
<div class="field"><label for="organization">Organization</label>
<select id="organization" name="organization" autofocus>${user.organization_memberships.map(
        ({ organization }) => html`<option value="${organization.id}">${organization.name}</option>`,
      )}</select></div>
<button type="submit">Continue</button>
</form>`,
    });
  }
  const nothing = tasks.length === 0;
  return renderPage({
    title: nothing ? 'Nothing is left to do' : 'Something is left to do',
    lead: nothing ? undefined : `This session waits for: ${tasks.join(', ')}.`,
    content: html`<a class="button" href="${withTarget('/sign-in', state.target)}">Continue</a>`,
  });
}
