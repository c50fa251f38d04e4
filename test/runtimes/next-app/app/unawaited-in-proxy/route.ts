import { readSecret } from '../../lib/secrets.ts';

export async function GET(): Promise<Response> {
  return new Response(await readSecret());
}
