import { html } from 'hono/html';
import { csrfField } from '../frontend-api/pages/csrf.ts';
import { hidden } from '../frontend-api/pages/field.ts';
import { type Markup, renderPage } from '../frontend-api/pages/layout.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { isScope, scopeDescriptions } from './scopes.ts';

export function renderConsent(
  request: AuthorizationRequest,
  details: { csrf: string; name: string; query: string },
): Markup {
  const { application, scopes, redirectUri } = request;
  const target = new URL(redirectUri);
  return renderPage({
    title: `${application.name} wants to access your account`,
    lead: html`You are signed in as <strong>${details.name}</strong>.`,
    content: html`<p class="soft">If you allow it, it can:</p>
<ul class="list">${scopes.map((scope) => html`<li><p>${isScope(scope) ? scopeDescriptions[scope] : scope}</p></li>`)}</ul>
${application.dynamically_registered === 1 ? html`<p class="soft">This application has registered itself. Nobody has checked its name.</p>` : ''}
<p class="soft">You will be sent to <strong>${target.host === '' ? target.protocol : target.host}</strong>.</p>
<form class="stack" method="post" action="/oauth/authorize">
${hidden(csrfField, details.csrf)}${hidden('query', details.query)}
<button type="submit" name="decision" value="allow">Allow</button>
<button class="quiet" type="submit" name="decision" value="deny">Cancel</button>
</form>`,
    aside: html`Not you? <a href="/sign-out">Use another account</a>`,
  });
}
