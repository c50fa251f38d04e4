import { html } from 'hono/html';
import { csrfField } from './csrf.ts';
import { hidden, renderField } from './field.ts';
import { type FieldError, type Markup, renderPage } from './layout.ts';
import { withTarget } from './leave.ts';

/** What the forms of a sign-in carry along. */
export interface FormState {
  readonly csrf: string;
  readonly target: URL | undefined;
}

/** What is said of a return address that is none of ours. */
export const targetRefused: FieldError = {
  message: 'The address to return to is not one of this backend’s applications, so you stay here after signing in.',
};

export function renderSignIn(
  state: FormState & { readonly errors: readonly FieldError[]; readonly identifier: string },
): Markup {
  const { target, errors, identifier } = state;
  return renderPage({
    title: 'Sign in',
    lead: target === undefined ? 'to your account' : html`to continue to <strong>${target.host}</strong>`,
    errors,
    content: html`<form method="post" action="/sign-in">
${carried(state)}
${renderField({ name: 'identifier', label: 'Email address or username', autocomplete: 'username', value: identifier, inputmode: 'email', autofocus: true }, errors)}
${renderField({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', maxlength: 512 }, errors)}
<button type="submit" name="strategy" value="password">Sign in</button>
<p class="or">or</p>
<button class="quiet" type="submit" name="strategy" value="email_code" formnovalidate>Email me a code</button>
</form>`,
    aside: html`No account yet? <a href="${withTarget('/sign-up', target)}">Sign up</a>`,
  });
}

export function renderCode(
  state: FormState & {
    readonly errors: readonly FieldError[];
    readonly identifier: string;
    readonly action: '/sign-in/code' | '/sign-up/code';
  },
): Markup {
  return renderPage({
    title: 'Check your messages',
    lead:
      state.action === '/sign-up/code'
        ? html`A code of six digits is on its way to <strong>${state.identifier}</strong>.`
        : html`If <strong>${state.identifier}</strong> has an account, a code of six digits is on its way.`,
    errors: state.errors,
    content: html`<form method="post" action="${state.action}">
${carried(state)}
<div class="code">${renderField({ name: 'code', label: 'Code', autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 12, autofocus: true }, state.errors)}</div>
<div class="stack">
<button type="submit" name="strategy" value="code">Continue</button>
<button class="quiet" type="submit" name="strategy" value="email_code" formnovalidate>Send a new code</button>
</div>
</form>`,
    aside: html`This backend sends nothing: its messages are in the <a href="/console/outbox">outbox</a>. <a href="${withTarget(state.action === '/sign-up/code' ? '/sign-up' : '/sign-in', state.target)}">Start over</a>`,
  });
}

export function renderSignedIn(state: FormState & { readonly name: string }): Markup {
  const { target, name } = state;
  return renderPage({
    title: 'You are signed in',
    lead: html`as <strong>${name}</strong>`,
    content: html`<div class="stack">
<form method="post" action="/sign-in/continue">
${carried(state)}
<button type="submit">${target === undefined ? 'Continue' : html`Continue to ${target.host}`}</button>
</form>
<a class="button quiet" href="${withTarget('/sign-out', target)}">Sign out, or use another account</a>
</div>`,
  });
}

/** The hidden fields of every form. */
export function carried({ csrf, target }: FormState): Markup {
  return html`${hidden(csrfField, csrf)}${hidden('redirect_url', target?.href)}`;
}
