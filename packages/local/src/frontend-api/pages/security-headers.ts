import type { MiddlewareHandler } from 'hono';

/**
 * What all pages have in common: they run no script, load nothing from elsewhere, stand in no frame, are kept nowhere, and
 * tell other sites nothing of their address. There is no `form-action`: browsers hold every redirect after a form to it,
 * and where an application sends its visitors next is not ours to know.
 */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  );
  c.header('x-frame-options', 'DENY');
  c.header('x-content-type-options', 'nosniff');
  // Not `no-referrer`: with it browsers send `Origin: null` along with our own forms.
  c.header('referrer-policy', 'same-origin');
  c.header('cache-control', 'no-store');
};
