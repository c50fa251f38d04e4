import type { ServerResponse } from 'node:http';

/**
 * Has a response answer with its headers alone. A CORS preflight asks for nothing else, and anybody can make a request that
 * looks like one: what a handler behind a guard writes for it is not for a stranger.
 */
export function dropBody(res: ServerResponse): void {
  const end = res.end.bind(res) as (callback?: () => void) => ServerResponse;
  const writeHead = res.writeHead.bind(res) as (...all: unknown[]) => ServerResponse;

  res.write = () => true;
  res.end = ((...all: unknown[]) => end(all.find(isFunction))) as ServerResponse['end'];
  res.writeHead = ((...all: unknown[]) => {
    // Headers may come as a record or as a list; a wrong length would keep the client waiting.
    res.removeHeader('content-length');
    return writeHead(...all.map(withoutLength));
  }) as ServerResponse['writeHead'];
}

function withoutLength(argument: unknown): unknown {
  if (Array.isArray(argument)) return argument.filter((_, at) => !isLength(argument[at - (at % 2)]));
  if (typeof argument !== 'object' || argument === null) return argument;
  return Object.fromEntries(Object.entries(argument).filter(([name]) => !isLength(name)));
}

function isLength(name: unknown): boolean {
  return typeof name === 'string' && name.toLowerCase() === 'content-length';
}

function isFunction(value: unknown): value is () => void {
  return typeof value === 'function';
}
