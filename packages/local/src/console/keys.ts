import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { fromJson } from '../store/json-column.ts';
import { renderConsolePage } from './layout.ts';
import { code, renderTable, renderTime, tag } from './table.ts';

/** How many of each kind are shown, the newest. */
const shown = 100;

/** Keys and tokens of machines, users and applications. Their secrets are not here: they are kept as hashes. */
export function createKeyPages({ db, clock }: Context): Hono {
  const app = new Hono();
  app.get('/console/keys', async (c) => {
    const now = clock.now();
    const stateOf = ({ revoked, expires_at }: { revoked: number; expires_at: number | null }) =>
      tag(revoked === 1 ? 'revoked' : expires_at !== null && expires_at <= now ? 'expired' : 'active');
    const apiKeys = await db.selectFrom('api_keys').selectAll().orderBy('id', 'desc').limit(shown).execute();
    const machines = await db.selectFrom('machines').selectAll().orderBy('id', 'desc').limit(shown).execute();
    const m2m = await db.selectFrom('m2m_tokens').selectAll().orderBy('id', 'desc').limit(shown).execute();
    const applications = await db
      .selectFrom('oauth_applications')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(shown)
      .execute();
    const oauth = await db.selectFrom('oauth_access_tokens').selectAll().orderBy('id', 'desc').limit(shown).execute();
    return c.html(
      renderConsolePage({
        title: 'Keys and tokens',
        section: '/console/keys',
        content: html`<h2>API keys</h2>
${renderTable({
  label: 'API keys',
  columns: ['Name', 'For', 'Scopes', 'State', 'Expires', 'Id'],
  rows: apiKeys.map((key) => [
    key.name,
    code(key.subject),
    fromJson<string[]>(key.scopes).join(' ') || null,
    stateOf(key),
    renderTime(key.expires_at),
    code(key.id),
  ]),
  empty: 'There are no API keys yet.',
})}
<h2>Machines</h2>
${renderTable({
  label: 'Machines',
  columns: ['Name', 'Token lifetime', 'Created', 'Id'],
  rows: machines.map((machine) => [
    machine.name,
    `${machine.default_token_ttl} s`,
    renderTime(machine.created_at),
    code(machine.id),
  ]),
  empty: 'There are no machines yet.',
})}
<h2>M2M tokens</h2>
${renderTable({
  label: 'M2M tokens',
  columns: ['Machine', 'For', 'Format', 'State', 'Expires', 'Id'],
  rows: m2m.map((token) => [
    code(token.subject),
    fromJson<string[]>(token.scopes).join(' ') || null,
    token.format,
    stateOf(token),
    renderTime(token.expires_at),
    code(token.id),
  ]),
  empty: 'No M2M token has been issued yet.',
})}
<h2>OAuth applications</h2>
${renderTable({
  label: 'OAuth applications',
  columns: ['Name', 'Client id', 'Kind', 'Scopes', 'Redirect URIs'],
  rows: applications.map((application) => [
    application.name,
    code(application.client_id),
    application.public === 1 ? 'public' : 'confidential',
    application.scopes,
    fromJson<string[]>(application.redirect_uris).join(' '),
  ]),
  empty: 'There are no OAuth applications yet.',
})}
<h2>OAuth access tokens</h2>
${renderTable({
  label: 'OAuth access tokens',
  columns: ['Client', 'User', 'Scopes', 'Format', 'State', 'Expires'],
  rows: oauth.map((token) => [
    code(token.client_id),
    code(token.subject),
    fromJson<string[]>(token.scopes).join(' '),
    token.format,
    stateOf(token),
    renderTime(token.expires_at),
  ]),
  empty: 'No OAuth token has been issued yet.',
})}`,
      }),
    );
  });
  return app;
}
