/**
 * Whether a text is a bare `host` or `host:port`: no scheme, path, user or blank, and something that a URL can have. The
 * latter is asked of the runtime, since what ends in a number or begins with `xn--` has rules of its own.
 */
export function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`http://${text}`);
}

const HOST = /^(?:[A-Za-z0-9_][A-Za-z0-9._-]{0,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;
