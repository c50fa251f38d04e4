import type { RequestView } from '../request/request-view.ts';

/**
 * Whether a browser asked for a page, so that a redirect takes the visitor somewhere: eligible(H) of protocol section 7.
 * Browsers that do not say what they fetch are judged by what they accept.
 */
export function mayRedirect(view: RequestView): boolean {
  if (view.method !== 'GET') return false;
  const destination = view.header('sec-fetch-dest');
  if (destination !== undefined) return destination === 'document' || destination === 'iframe';
  return view.header('accept')?.startsWith('text/html') === true;
}

/** Whether a browser opens a page in a window of its own: with a satellite, eligible(MD) of protocol section 7. */
export function isDocumentNavigation(view: RequestView): boolean {
  return view.method === 'GET' && view.header('sec-fetch-dest') === 'document';
}
