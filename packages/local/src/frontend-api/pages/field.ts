import { html } from 'hono/html';
import type { FieldError, Markup } from './layout.ts';

/** One labelled input. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password' | 'email';
  /** What the browser may fill in (HTML standard, section 4.10.18.7). */
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  readonly inputmode?: 'numeric' | 'email';
  readonly required?: boolean;
  /** The field that the keyboard is in when the page opens. */
  readonly autofocus?: boolean;
  readonly maxlength?: number;
  /** Whether a touch keyboard begins with a capital: names of people. */
  readonly capitalize?: boolean;
}

/** An input with its label, hint and error, tied together for screen readers. */
export function renderField(field: Field, errors: readonly FieldError[] = []): Markup {
  const { name, label, type = 'text', value = '', hint, required = true, maxlength = 320 } = field;
  const error = errors.find((each) => each.field === name)?.message;
  const described = [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`]
    .filter(Boolean)
    .join(' ');
  // With errors on the page, the summary has the focus.
  const focused = field.autofocus === true && errors.length === 0;
  return html`<div class="field">
<label for="${name}">${label}${required ? '' : html` <span class="optional">optional</span>`}</label>
${hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`}
<input id="${name}" name="${name}" type="${type}" value="${type === 'password' ? '' : value}" autocomplete="${field.autocomplete}" maxlength="${maxlength}" autocapitalize="${field.capitalize === true ? 'words' : 'none'}" spellcheck="false"${flag('required', required)}${flag('autofocus', focused)}${attribute('inputmode', field.inputmode)}${attribute('aria-invalid', error === undefined ? undefined : 'true')}${attribute('aria-describedby', described || undefined)}>
${error === undefined ? '' : html`<p class="field-error" id="${name}-error">${error}</p>`}
</div>`;
}

/** A value that goes along with a form. Left out when there is none. */
export function hidden(name: string, value: string | undefined): Markup | string {
  return value === undefined ? '' : html`<input type="hidden" name="${name}" value="${value}">`;
}

const flag = (name: string, on: boolean) => (on ? html` ${name}` : '');
const attribute = (name: string, value: string | undefined) => (value === undefined ? '' : html` ${name}="${value}"`);
