import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * A keep-alive connection that sends one request after the other: as lean as a client can be, so that a measurement is one
 * of the server. Understands what the backend answers with, nothing more.
 */
export async function openConnection(url) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.setNoDelay(true);
  let text = '';
  let pending;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const end = endOfAnswer(text);
    if (end === undefined || pending === undefined) return;
    const answer = text.slice(0, end);
    text = text.slice(end);
    pending.resolve(answer);
  });
  for (const event of ['error', 'close'])
    socket.on(event, () => pending?.reject(new Error('The connection was closed.')));

  return {
    /** Sends the bytes of a request; answers with status and body. */
    async send(request) {
      const answer = await new Promise((resolve, reject) => {
        pending = { resolve, reject };
        socket.write(request);
      });
      pending = undefined;
      return { status: Number(answer.slice(9, 12)), body: bodyOf(answer) };
    },
    close: () => socket.destroy(),
  };
}

/** The bytes of a request, made once and sent often. */
export function toRequest({ url, key }, method, path, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  return (
    `${method} ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nAuthorization: Bearer ${key}\r\n` +
    (body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`) +
    `\r\n${text}`
  );
}

function endOfAnswer(text) {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head));
  if (length !== null) {
    const end = head + 4 + Number(length[1]);
    return text.length >= end ? end : undefined;
  }
  if (!/transfer-encoding: chunked/i.test(text.slice(0, head))) return head + 4;
  return text.endsWith('0\r\n\r\n') ? text.length : undefined;
}

function bodyOf(answer) {
  const head = answer.indexOf('\r\n\r\n');
  const body = answer.slice(head + 4);
  if (!/transfer-encoding: chunked/i.test(answer.slice(0, head))) return body;
  let text = '';
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at);
    const length = Number.parseInt(body.slice(at, line), 16);
    if (!(length > 0)) return text;
    text += body.slice(line + 2, line + 2 + length);
    at = line + 2 + length + 2;
  }
}
