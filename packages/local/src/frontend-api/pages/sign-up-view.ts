import { html } from 'hono/html';
import { ticketParameter } from '../sign-in/ticket.ts';
import { hidden, renderField } from './field.ts';
import { type FieldError, type Markup, renderPage } from './layout.ts';
import { withTarget } from './leave.ts';
import { carried, type FormState } from './sign-in-view.ts';

/** What has been filled in so far. */
export interface SignUpState extends FormState {
  readonly errors: readonly FieldError[];
  readonly emailAddress: string;
  readonly firstName: string;
  readonly lastName: string;
  /** An invitation and who it is to: its address is proven by the link. */
  readonly invitation?: { readonly ticket: string; readonly to: string } | undefined;
}

export function renderSignUp(state: SignUpState): Markup {
  const { target, errors, invitation } = state;
  return renderPage({
    title: invitation === undefined ? 'Create your account' : `Join ${invitation.to}`,
    lead: target === undefined ? undefined : html`to continue to <strong>${target.host}</strong>`,
    errors,
    content: html`<form method="post" action="/sign-up">
${carried(state)}
${hidden(ticketParameter, invitation?.ticket)}
${
  invitation === undefined
    ? renderField(
        {
          name: 'email_address',
          label: 'Email address',
          type: 'email',
          autocomplete: 'email',
          value: state.emailAddress,
          autofocus: true,
        },
        errors,
      )
    : html`<div class="field"><p class="hint">Your address</p><p class="given">${state.emailAddress}</p></div>`
}
${renderField({ name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', hint: '8 characters or more', maxlength: 512, autofocus: invitation !== undefined }, errors)}
<div class="pair">
${renderField({ name: 'first_name', label: 'First name', autocomplete: 'given-name', value: state.firstName, required: false, maxlength: 100, capitalize: true }, errors)}
${renderField({ name: 'last_name', label: 'Last name', autocomplete: 'family-name', value: state.lastName, required: false, maxlength: 100, capitalize: true }, errors)}
</div>
<button type="submit">Continue</button>
</form>`,
    aside: html`Have an account? <a href="${withTarget('/sign-in', target)}">Sign in</a>`,
  });
}
