/** What the interstitial page needs to know. All of it ends up in the browser. */
export interface InterstitialSettings {
  readonly publishableKey: string;
  /** The browser script, of the instance's own origin. */
  readonly scriptUrl: string;
  readonly proxyUrl?: string | undefined;
  readonly domain?: string | undefined;
  readonly signInUrl?: string | undefined;
  readonly isSatellite: boolean;
  /** Why the page is shown, in the wire's spelling. */
  readonly reason: string;
}

/**
 * The page that restores a session in the browser (protocol section 15.4): it loads the instance's browser script, has it
 * write the session's cookies, and opens the same URL again.
 *
 * @param nonce - of the response's Content-Security-Policy; the script it loads carries it, too
 */
export function interstitialPage(settings: InterstitialSettings, nonce: string | undefined): string {
  const nonceAttribute = nonce === undefined ? '' : ` nonce="${nonce}"`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="same-origin">
<meta name="robots" content="noindex">
<title>Restoring your session</title>
<style${nonceAttribute}>
body { font: 1rem/1.5 system-ui, sans-serif; margin: 4rem auto; max-width: 32rem; padding: 0 1rem; }
@media (prefers-color-scheme: dark) { html { background: #111; color: #eee; } }
</style>
</head>
<body>
<noscript>Your session could not be restored without JavaScript. Switch it on, then reload this page.</noscript>
<p id="problem" role="alert" hidden></p>
<script${nonceAttribute}>
(${RESTORE})(${toScriptLiteral(settings)});
</script>
</body>
</html>
`;
}

/** Whether a text can be the nonce of a policy (CSP 3, section 2.3.1), which also makes it safe in an attribute. */
export function isNonce(text: string): boolean {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
}

/** JSON that is safe within a script: nothing in it can end the element, open a comment or end a line. */
function toScriptLiteral(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * What the page runs. The server counts redirects for two seconds only, and restoring a session may take longer: so the page
 * counts as well, and says what is wrong rather than load for ever.
 */
const RESTORE = `async (settings) => {
  const giveUp = (problem) => {
    const place = document.getElementById('problem');
    place.textContent = problem + ' Then reload this page.';
    place.hidden = false;
  };
  const tries = () => {
    const name = 'session-restoring';
    const last = JSON.parse(sessionStorage.getItem(name) || '{}');
    const count = Date.now() - last.at < 30000 ? last.count + 1 : 1;
    sessionStorage.setItem(name, JSON.stringify({ count: count > 3 ? 0 : count, at: Date.now() }));
    return count;
  };
  const nonce = document.currentScript.nonce;
  const load = () => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.async = true;
    script.crossOrigin = 'anonymous';
    if (nonce) script.nonce = nonce;
    script.setAttribute('data-clerk-publishable-key', settings.publishableKey);
    if (settings.domain) script.setAttribute('data-clerk-domain', settings.domain);
    if (settings.proxyUrl) script.setAttribute('data-clerk-proxy-url', settings.proxyUrl);
    script.onload = resolve;
    script.onerror = () => reject(new Error('The script of the sign-in service did not load.'));
    script.src = settings.scriptUrl;
    document.head.append(script);
  });
  window.__clerk_debug = { status: 'handshake', reason: settings.reason };
  if (settings.proxyUrl) window.__clerk_proxy_url = settings.proxyUrl;
  if (settings.domain) window.__clerk_domain = settings.domain;
  try {
    if (tries() > 3) return giveUp('Your session could not be restored. Allow cookies for this site.');
    await load();
    await window.Clerk.load({ isSatellite: settings.isSatellite, isInterstitial: true, signInUrl: settings.signInUrl });
    if (window.Clerk.loaded === false) return;
    if (location.hash) location.reload();
    else location.replace(location.href);
  } catch (error) {
    console.error(error);
    giveUp('Your session could not be restored: the sign-in service did not answer, or the browser blocks storage.');
  }
}`;
