import { badRequest } from '../api-error.ts';
import type { Handlers } from './handler.ts';

export const interstitial = {
  'interstitial.getInterstitial'({ instance }, { query }) {
    const host = query.frontend_api ?? query.frontendApi;
    if (query.publishable_key === undefined && host === undefined) {
      throw badRequest('form_param_missing', 'publishable_key or frontend_api must be included.', 'publishable_key');
    }
    if (query.publishable_key !== undefined && query.publishable_key !== instance.publishableKey) {
      throw badRequest(
        'publishable_key_invalid',
        'The publishable key is not the one of this instance.',
        'publishable_key',
      );
    }
    return page(`${instance.url}/v1/client/handshake`);
  },
} satisfies Partial<Handlers>;

/**
 * A page that has the frontend API bring the cookies of this site up to date and comes back. It counts its visits, so
 * that cookies that cannot be set do not send the browser round and round.
 */
function page(handshakeUrl: string): string {
  // JSON, with the one character escaped that could end the script.
  const target = JSON.stringify(handshakeUrl).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Signing in</title>
</head>
<body>
<noscript>This page needs JavaScript to look for your session. Reload it after switching JavaScript on.</noscript>
<script>
(() => {
  const visits = Number(sessionStorage.getItem('keystile-visits') || 0);
  if (visits >= 3) {
    sessionStorage.removeItem('keystile-visits');
    document.body.textContent = 'Your session could not be found. Check that this site may set cookies.';
    return;
  }
  sessionStorage.setItem('keystile-visits', String(visits + 1));
  const target = new URL(${target});
  target.searchParams.set('redirect_url', location.href);
  target.searchParams.set('__clerk_hs_reason', 'interstitial');
  location.replace(target);
})();
</script>
</body>
</html>
`;
}
