import { type ResponsePatch, toResponse } from '@keystile/core/adapter';
import { type NextRequest, NextResponse } from 'next/server.js';
import type { Caller } from '../caller.ts';
import type { Exits } from '../protect.ts';
import { publicUrlOf } from '../public-url.ts';
import { MalformedPathError } from '../route-matcher.ts';

/** Leaves the application's proxy function with an answer. Thrown, so that nothing after it runs. */
export class ProxyAnswer extends Error {
  override readonly name = 'ProxyAnswer';
  readonly response: Response;

  constructor(response: Response) {
    super('The request has been answered: let this error through.');
    this.response = response;
  }
}

/** The ways out of a proxy function. */
export function createProxyExits(request: NextRequest, caller: Caller): Exits {
  return {
    redirect(url) {
      // What was posted is not for the page that comes in its place.
      const status = request.method === 'GET' || request.method === 'HEAD' ? 307 : 303;
      throw new ProxyAnswer(NextResponse.redirect(new URL(url, publicUrlOf(caller)), status));
    },
    refuse(status, patch) {
      throw new ProxyAnswer(refuse(status, patch, request));
    },
    preflight() {
      throw new ProxyAnswer(new NextResponse(null, { status: 204 }));
    },
  };
}

function refuse(status: number, patch: ResponsePatch, request: NextRequest): Response {
  if (status === 404) return notFound(request);
  return patch.answer?.status === status ? toResponse(patch) : new NextResponse(null, { status });
}

/** The application's own page for what is not there, as it looks for everything else that is not. */
function notFound(request: NextRequest): Response {
  const url = request.nextUrl.clone();
  url.pathname = '/_not-found';
  url.search = '';
  return NextResponse.rewrite(url, { status: 404 });
}

/**
 * The answer that an error stands for: ours, or one of Next's own functions `redirect()`, `notFound()`, `forbidden()` and
 * `unauthorized()`, which work in handlers and are easily tried here.
 *
 * @returns undefined for an error that is one
 */
export function answerOf(error: unknown, request: NextRequest): Response | undefined {
  if (error instanceof ProxyAnswer) return error.response;
  if (error instanceof MalformedPathError) return new NextResponse(null, { status: error.status ?? 400 });
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : '';
  const [name, ...rest] = digest.split(';');
  if (name === 'NEXT_HTTP_ERROR_FALLBACK') {
    const status = Number(rest[0]);
    return status === 404 ? notFound(request) : new NextResponse(null, { status });
  }
  if (name === 'NEXT_REDIRECT') {
    // The parts: how history is changed, where to, and the status.
    const status = Number(rest.at(-2));
    return NextResponse.redirect(new URL(rest.slice(1, -2).join(';'), request.url), status);
  }
  return undefined;
}
