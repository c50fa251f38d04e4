/** Whether a text is a bare `host` or `host:port`: no scheme, path, user or blank. */
export function isHost(text: string): boolean {
  const match = HOST.exec(text);
  return match !== null && (match[1] === undefined || Number(match[1]) <= 65_535);
}

const HOST = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253})|\[[0-9A-Fa-f:.]{2,45}\])(?::(\d{1,5}))?$/;
