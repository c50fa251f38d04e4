import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';

/** What is sent. As a list, headers may come twice. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

/** What is answered. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: readonly string[];
  readonly text: string;
  /** The body, read as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly json: any;
}

/** Sends a request as it is: the target is not tidied up, and redirects are not followed. */
export async function exchange(
  origin: string,
  target: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Answered> {
  const { hostname, port, host } = new URL(origin);
  const lines = isList(headers) ? headers : Object.entries(headers);
  const hasHost = lines.some(([name]) => name.toLowerCase() === 'host');
  const all = [...(hasHost ? [] : [['host', host] as const]), ...lines];
  if (body !== undefined) all.push(['content-length', `${Buffer.byteLength(body)}`]);
  const sent = request({ hostname, port, path: target, method, headers: all.flat(), agent: false, setHost: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return read(response);
}

async function read(response: IncomingMessage): Promise<Answered> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    cookies: response.headers['set-cookie'] ?? [],
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

/** Sends bytes and gives the status of the answer; 0 if the connection is closed without one. */
export async function exchangeBytes(origin: string, bytes: string): Promise<number> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.setEncoding('latin1');
  socket.end(Buffer.from(bytes, 'latin1'));
  let answer = '';
  try {
    for await (const chunk of socket) answer += chunk;
  } catch {
    // A server may break off instead of answering.
  }
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

function isList(headers: NonNullable<Sent['headers']>): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers);
}
