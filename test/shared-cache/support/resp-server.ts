import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What the server does with the next commands. */
export type RespFault = 'none' | 'hang' | 'hang-up' | 'hang-up-mid-reply' | 'error-reply' | 'nonsense';

/**
 * The few commands of Redis that the shared cache uses, over a real socket (RESP 2), by a server that can misbehave. Where
 * `redis-server` is installed, the same tests run against it as well.
 */
export async function startRespServer() {
  const values = new Map<string, { value: string; until: number }>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = '';
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => {
      pending += data;
      for (let command = takeCommand(); command !== undefined; command = takeCommand()) answer(socket, command);
    });

    /** One array of bulk strings off the front of what has come. */
    function takeCommand(): string[] | undefined {
      const parts: string[] = [];
      const count = /^\*(\d+)\r\n/.exec(pending);
      if (count === null) return undefined;
      let at = count[0].length;
      for (let i = 0; i < Number(count[1]); i++) {
        const length = /^\$(\d+)\r\n/.exec(pending.slice(at, at + 20));
        if (length === null) return undefined;
        at += length[0].length;
        const end = at + Number(length[1]);
        if (pending.length < end + 2) return undefined;
        parts.push(Buffer.from(pending.slice(at, end), 'latin1').toString('utf8'));
        at = end + 2;
      }
      pending = pending.slice(at);
      return parts;
    }
  });

  const control = { fault: 'none' as RespFault, url: '', stop };

  function answer(socket: Socket, [name = '', key = '', value = '', ...options]: string[]): void {
    const isData = ['GET', 'SET', 'DEL'].includes(name.toUpperCase());
    if (isData && control.fault === 'hang') return;
    if (isData && control.fault === 'hang-up') return void socket.destroy();
    if (isData && control.fault === 'hang-up-mid-reply') return void socket.end('$100\r\nhalf of it');
    if (isData && control.fault === 'error-reply') return void socket.write('-READONLY You can not write.\r\n');
    if (isData && control.fault === 'nonsense') return void socket.write('$7\r\ngarbage\r\n');
    socket.write(
      reply(
        name.toUpperCase(),
        key,
        value,
        options.map((option) => option.toUpperCase()),
      ),
    );
  }

  function reply(name: string, key: string, value: string, options: string[]): string {
    const known = values.get(key);
    const isLive = known !== undefined && Date.now() < known.until;
    switch (name) {
      case 'GET':
        return isLive ? `$${Buffer.byteLength(known.value)}\r\n${known.value}\r\n` : '$-1\r\n';
      case 'SET': {
        if (options.includes('NX') && isLive) return '$-1\r\n';
        const ttlMs = options.includes('PX') ? Number(options[options.indexOf('PX') + 1]) : Number.POSITIVE_INFINITY;
        values.set(key, { value, until: Date.now() + ttlMs });
        return '+OK\r\n';
      }
      case 'DEL':
        return `:${values.delete(key) ? 1 : 0}\r\n`;
      default:
        return '+OK\r\n';
    }
  }

  async function stop(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  control.url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return control;
}
