import { OWN_CACHE_CONTROL, OWN_COOKIE } from '../../../../conformance/application.ts';

export async function GET(): Promise<Response> {
  return new Response('page', { headers: { 'set-cookie': OWN_COOKIE, 'cache-control': OWN_CACHE_CONTROL } });
}
