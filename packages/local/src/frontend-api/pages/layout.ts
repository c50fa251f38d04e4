import { html } from 'hono/html';

/** Text of a page, escaped already. */
export type Markup = ReturnType<typeof html>;

/** One page of the hosted pages: a card in the middle of the window. */
export interface Page {
  /** For the window's title and the heading. */
  readonly title: string;
  /** A line below the heading. */
  readonly lead?: Markup | string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly content: Markup;
  /** What stands below the card. */
  readonly aside?: Markup | undefined;
}

/** Something that is wrong with what was sent. */
export interface FieldError {
  /** The field at fault; undefined when it is the form as a whole. */
  readonly field?: string | undefined;
  readonly message: string;
}

export function renderPage({ title, lead, errors = [], content, aside }: Page): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${errors.length > 0 ? 'Error: ' : ''}${title} · Keystile</title>
<link rel="icon" href="/assets/keystile.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/keystile.css">
</head>
<body>
<main class="card">
<header>
<img class="mark" src="/assets/keystile.svg" alt="" width="40" height="40">
<h1>${title}</h1>
${lead === undefined ? '' : html`<p class="lead">${lead}</p>`}
</header>
${errorSummary(errors)}
${content}
</main>
${aside === undefined ? '' : html`<p class="aside">${aside}</p>`}
<footer><span class="badge">Development</span> Local backend of this machine</footer>
</body>
</html>`;
}

/** Read out at once, and focused, so that a keyboard goes on from there. */
function errorSummary(errors: readonly FieldError[]): Markup | string {
  if (errors.length === 0) return '';
  return html`<div class="errors" role="alert" tabindex="-1" autofocus>
${errors.map(({ field, message }) => (field === undefined ? html`<p>${message}</p>` : html`<p><a href="#${field}">${message}</a></p>`))}
</div>`;
}
