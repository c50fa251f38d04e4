import type { SessionAuth, SignedInAuth } from '@keystile/core';
import { html, type Markup } from './html.ts';

/** What the profile shows of a user. */
interface Person {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly username: string | null;
}

const ROUTES: readonly (readonly [route: string, whom: string])[] = [
  ['GET /profile', 'a page for those who are signed in'],
  ['GET /api/me', 'the session'],
  ['GET /api/user', 'the user, as the Backend API knows him'],
  ['GET /api/invoices', 'members with the permission org:invoices:read'],
  ['GET /api/reports', 'API keys with the scope read'],
  ['POST /api/jobs', 'machines'],
  ['GET /api/profile', 'OAuth clients with the scope profile'],
];

export function homePage(auth: SessionAuth): string {
  const greeting = auth.isAuthenticated
    ? html`<p>You are signed in as <code>${auth.userId}</code>.</p>`
    : html`<p>You are not signed in. <a href="/profile">Sign in</a></p>`;
  const rows = ROUTES.map(([route, whom]) => html`<tr><td><code>${route}</code></td><td>${whom}</td></tr>`);
  return page('Keystile on Express', html`${greeting}<table>${rows}</table>`);
}

export function profilePage(user: Person, { sessionId, orgSlug, orgRole }: SignedInAuth): string {
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.username || 'stranger';
  const organization = orgSlug === undefined ? 'none' : `${orgSlug}, as ${orgRole}`;
  return page(
    `Hello, ${name}`,
    html`<table>
      <tr><td>Session</td><td><code>${sessionId}</code></td></tr>
      <tr><td>Organisation</td><td>${organization}</td></tr>
    </table>
    <p><a href="/">All routes</a></p>`,
  );
}

function page(title: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
  table { border-collapse: collapse; width: 100% }
  td { border-bottom: 1px solid #8884; padding: .4rem .8rem .4rem 0; vertical-align: top }
</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>`.text;
}
