/**
 * The script of the interstitial page (protocol section 15.4). It does what a frontend's own script does at a start: asks who
 * is signed in on this browser's client, and writes the application's cookies after it. A browser that the application has no
 * token for is sent to `/v1/client/sync`, since our own cookie reaches us on a page of ours only.
 *
 * @param suffix What the instance's cookie names end with.
 */
export function browserScript(suffix: string): string {
  return `(() => {
  const source = document.currentScript.src;
  const api = source.slice(0, source.indexOf('/npm/'));
  const suffix = ${JSON.stringify(suffix)};
  const devBrowser = '__clerk_db_jwt';

  const readCookie = (name) => {
    const pair = document.cookie.split('; ').find((each) => each.startsWith(name + '='));
    return pair && pair.slice(name.length + 1);
  };
  const writeCookie = (name, value) => {
    const end = value === '' ? '; Max-Age=0' : '; Max-Age=31536000';
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    for (const each of [name, name + '_' + suffix]) document.cookie = each + '=' + value + '; Path=/; SameSite=Lax' + end + secure;
  };
  const call = async (method, path, token) => {
    const answer = await fetch(api + path + '?' + devBrowser + '=' + encodeURIComponent(token), { method, credentials: 'include' });
    if (!answer.ok) throw new Error(path + ' answered ' + answer.status);
    return answer.json();
  };

  const here = new URL(location.href);
  const given = here.searchParams.get(devBrowser);
  const known = given || readCookie(devBrowser + '_' + suffix) || readCookie(devBrowser);
  const sync = () => {
    here.searchParams.delete(devBrowser);
    location.replace(api + '/v1/client/sync?redirect_url=' + encodeURIComponent(here.href));
  };

  window.Clerk = {
    loaded: false,
    async load() {
      if (!known) return sync();
      const { response: client } = await call('GET', '/v1/client', known);
      if (client === null) return sync();
      const [session] = client.sessions;
      writeCookie(devBrowser, known);
      writeCookie('__session', session ? session.last_active_token.jwt : '');
      writeCookie('__client_uat', session ? String(Math.floor(client.updated_at / 1000)) : '0');
      if (given) {
        here.searchParams.delete(devBrowser);
        history.replaceState(history.state, '', here);
      }
      this.loaded = true;
    },
  };
})();
`;
}
