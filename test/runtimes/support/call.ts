/** A call of an application by a caller with a token, or by nobody. Redirects are not followed. */
export function call(url: string, token?: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  return fetch(url, { redirect: 'manual', ...init, headers });
}
