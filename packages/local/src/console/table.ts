import { html } from 'hono/html';
import type { Markup } from '../frontend-api/pages/layout.ts';

export type Cell = Markup | string | number | null;

export interface Table {
  /** Names the table for who does not see it. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What is said when there is nothing. */
  readonly empty: Markup | string;
}

/** A table that scrolls by itself where the window is narrow, by keyboard as well. */
export function renderTable({ label, columns, rows, empty }: Table): Markup {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`;
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
<table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column === '' ? html`<span class="visually-hidden">Actions</span>` : column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell ?? html`<span class="soft">–</span>`}</td>`)}</tr>`)}</tbody>
</table>
</div>`;
}

/** A moment as people of all time zones read it. */
export function renderTime(epochMs: number | null): Markup | null {
  if (epochMs === null) return null;
  const iso = new Date(epochMs).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
}

/** An id or another technical text. */
export const code = (text: string | number): Markup => html`<code>${text}</code>`;

/** A state, with a colour for those that matter; the word says it all. */
export function tag(state: string): Markup {
  const tone = good.has(state) ? ' good' : bad.has(state) ? ' bad' : '';
  return html`<span class="tag${tone}">${state}</span>`;
}

const good = new Set(['active', 'verified', 'succeeded', 'signed-in']);
const bad = new Set(['banned', 'locked', 'revoked', 'expired', 'failed']);
