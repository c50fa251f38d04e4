import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { csrfField, csrfToken } from '../frontend-api/pages/csrf.ts';
import { hidden } from '../frontend-api/pages/field.ts';
import { readForm } from '../frontend-api/pages/form.ts';
import type { Markup } from '../frontend-api/pages/layout.ts';
import { type Inspection, inspectToken } from './inspect-token.ts';
import { renderConsolePage } from './layout.ts';

/** Says of a token what it is and whether it is good. It comes by a form, so that it stands in no address. */
export function createInspector(context: Context): Hono {
  const app = new Hono();
  app.get('/console/inspector', (c) => c.html(render(csrfToken(context, c), '', undefined)));
  app.post('/console/inspector', async (c) => {
    const { token = '' } = await readForm(context, c);
    const inspection = token.trim() === '' ? undefined : await inspectToken(context, token);
    return c.html(render(csrfToken(context, c), token, inspection));
  });
  return app;
}

function render(csrf: string, token: string, inspection: Inspection | undefined): Markup {
  return renderConsolePage({
    title: 'Token inspector',
    section: '/console/inspector',
    content: html`<form method="post" action="/console/inspector">
${hidden(csrfField, csrf)}
<div class="field"><label for="token">Token or key</label>
<textarea id="token" name="token" rows="6" spellcheck="false" autocomplete="off" required>${token}</textarea></div>
<button type="submit">Inspect</button>
</form>
${inspection === undefined ? '' : renderInspection(inspection)}`,
  });
}

function renderInspection({ kind, verdict, isGood, facts, parts }: Inspection): Markup {
  return html`<h2>Result</h2>
<dl class="facts" role="status">
<dt>Kind</dt><dd>${kind}</dd>
<dt>Verdict</dt><dd><span class="tag ${isGood ? 'good' : 'bad'}">${isGood ? 'valid' : 'refused'}</span> ${verdict}</dd>
${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
${
  parts === undefined
    ? ''
    : html`<h2>Header</h2><pre tabindex="0">${JSON.stringify(parts.header, null, 2)}</pre>
<h2>Payload</h2><pre tabindex="0">${JSON.stringify(parts.payload, null, 2)}</pre>`
}`;
}
