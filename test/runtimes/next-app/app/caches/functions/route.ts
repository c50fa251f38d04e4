import { unstable_cache } from 'next/cache.js';
import { auth, backendClient, currentUser } from '../../../lib/application.ts';

async function codeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'none';
  } catch (error) {
    return String((error as { code?: unknown }).code ?? error);
  }
}

async function codes(): Promise<string[]> {
  return [await codeOf(auth), await codeOf(auth.protect), await codeOf(currentUser), await codeOf(backendClient)];
}

async function codesByDirective(): Promise<string[]> {
  'use cache';
  return codes();
}

const codesByFunction = unstable_cache(codes, ['codes']);

/** What the functions of the package throw where results are kept for everybody. */
export async function GET(): Promise<Response> {
  const { userId } = await auth();
  return Response.json({ userId, byDirective: await codesByDirective(), byFunction: await codesByFunction() });
}
