import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ResponsePatch } from '@keystile/core/adapter';

/** Answers an upgrade with a refusal, in the protocol that the client still speaks, and closes the socket. */
export function refuseUpgrade(socket: Duplex, { set, append, answer }: ResponsePatch): void {
  const status = answer?.status ?? 401;
  const body = answer?.body ?? '';
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...[...set, ...append].map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  // A client that goes on sending must not keep the socket open.
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
