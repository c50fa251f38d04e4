import { Hono } from 'hono';
import { html } from 'hono/html';
import { findClient } from '../browser/client.ts';
import { signInUnderWay } from '../sign-in/email-code.ts';
import { proveBySecondFactor } from '../sign-in/second-factor.ts';
import { csrfToken } from './csrf.ts';
import { renderField } from './field.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { readForm } from './form.ts';
import { type FieldError, type Markup, renderPage } from './layout.ts';
import { wantedTarget, withTarget } from './leave.ts';
import { explainRefusal } from './messages.ts';
import type { PageServices } from './services.ts';
import { carried, type FormState } from './sign-in-view.ts';

/** The second factor of users who have one. */
export function createSecondFactorPages({ context }: PageServices): Hono {
  const app = new Hono();

  app.get('/sign-in/second-factor', async (c) => {
    const { target } = await wantedTarget(context, c.req.query('redirect_url'));
    const underWay = await signInUnderWay(context, await findClient(context, c.req));
    if (underWay?.status !== 'needs_second_factor') return c.redirect(withTarget('/sign-in', target), 303);
    return c.html(renderSecondFactor({ csrf: csrfToken(context, c), target }, []));
  });

  app.post('/sign-in/second-factor', async (c) => {
    const { redirect_url, code = '' } = await readForm(context, c);
    const { target } = await wantedTarget(context, redirect_url);
    const underWay = await signInUnderWay(context, await findClient(context, c.req));
    if (underWay?.status !== 'needs_second_factor') return c.redirect(withTarget('/sign-in', target), 303);
    const verdict = await context.transaction((tx) => proveBySecondFactor(tx, underWay, code));
    if ('user' in verdict) {
      const strategy = underWay.first_factor_strategy ?? 'password';
      return finishSignIn(context, c, { userId: verdict.user.id, strategy, secondFactorVerified: true }, target);
    }
    const { status, ...error } = explainRefusal(verdict.refusal);
    return c.html(renderSecondFactor({ csrf: csrfToken(context, c), target }, [error]), status);
  });

  return app;
}

function renderSecondFactor(state: FormState, errors: readonly FieldError[]): Markup {
  return renderPage({
    title: 'Two-step verification',
    lead: 'Enter the code of your authenticator app, or one of your backup codes.',
    errors,
    content: html`<form method="post" action="/sign-in/second-factor">
${carried(state)}
<div class="code">${renderField({ name: 'code', label: 'Code', autocomplete: 'one-time-code', maxlength: 64, autofocus: true }, errors)}</div>
<button type="submit">Continue</button>
</form>`,
    aside: html`<a href="${withTarget('/sign-in', state.target)}">Start over</a>`,
  });
}
