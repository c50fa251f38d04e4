import type { RequestView } from '@keystile/core/adapter';

/** What a browser, or whoever it is, wants of a request. */
export type RequestKind = 'page' | 'action' | 'api';

/**
 * Tells the requests of Next's client from others, by what reaches the proxy and the handlers alike: `next-action` names a
 * server action; `next-url` and `x-nextjs-data` come with navigations within the application.
 */
export function classifyRequest(view: RequestView): RequestKind {
  if (view.header('next-action') !== undefined) return 'action';
  if (view.header('next-url') !== undefined || view.header('x-nextjs-data') !== undefined) return 'page';
  const destination = view.header('sec-fetch-dest');
  if (destination !== undefined) return destination === 'document' || destination === 'iframe' ? 'page' : 'api';
  return view.header('accept')?.includes('text/html') === true ? 'page' : 'api';
}
