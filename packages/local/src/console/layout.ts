import { html } from 'hono/html';
import type { Markup } from '../frontend-api/pages/layout.ts';

/** The pages of the console, as the navigation lists them. */
export const sections = {
  '/console': 'Overview',
  '/console/users': 'Users',
  '/console/sessions': 'Sessions',
  '/console/organizations': 'Organizations',
  '/console/keys': 'Keys and tokens',
  '/console/outbox': 'Outbox',
  '/console/deliveries': 'Webhooks',
  '/console/requests': 'Requests',
  '/console/inspector': 'Token inspector',
} as const;

export interface ConsolePage {
  readonly title: string;
  /** The section that it belongs to. */
  readonly section: keyof typeof sections;
  readonly notice?: Markup | string | undefined;
  readonly content: Markup;
}

/** What stands before the content of a page; a page that goes on growing is sent from here. */
export function renderHead({ title, section, notice }: Omit<ConsolePage, 'content'>): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Keystile console</title>
<link rel="icon" href="/assets/keystile.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/keystile.css">
<link rel="stylesheet" href="/console/style.css">
</head>
<body class="console">
<a class="skip" href="#content">Skip to the content</a>
<nav aria-label="Console">
<a class="brand" href="/console"><img src="/assets/keystile.svg" alt="" width="28" height="28"> Keystile</a>
<ul>${Object.entries(sections).map(
    ([path, name]) => html`<li><a href="${path}"${path === section ? html` aria-current="page"` : ''}>${name}</a></li>`,
  )}</ul>
</nav>
<main id="content" tabindex="-1">
<h1>${title}</h1>
${notice === undefined ? '' : html`<div class="notice" role="status"><p>${notice}</p></div>`}
`;
}

export function renderConsolePage(page: ConsolePage): Markup {
  return html`${renderHead(page)}${page.content}</main>
</body>
</html>`;
}
