/** Text that is safe to send as HTML. */
export interface Markup {
  readonly text: string;
}

type Value = string | null | undefined | Markup | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose values are escaped, but for those that are markup already. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { text: parts.reduce((text, part, index) => text + toText(values[index - 1]) + part) };
}

function toText(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return 'text' in value ? value.text : value.map(({ text }) => text).join('');
}
