/** What went wrong in the proxy itself; the frontend API's own errors are passed on as they are. */
export type ProxyErrorCode = 'proxy_configuration_error' | 'proxy_path_mismatch' | 'proxy_request_failed';

/** The body of such an answer: `{ errors: [ProxyError] }`. */
export interface ProxyError {
  readonly code: ProxyErrorCode;
  readonly message: string;
}

/** An error in the form that the browser script reads. */
export function answerProxyError(status: number, code: ProxyErrorCode, message: string): Response {
  const errors: readonly ProxyError[] = [{ code, message }];
  return new Response(JSON.stringify({ errors }), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
