import { describe, expect, it } from 'vitest';
import {
  createSessionKit,
  pageLoad,
  type SessionKitOptions,
  START,
} from '../../../../test/session/support/session-kit.ts';
import { createRequestState } from '../create-request-state.ts';
import { signInUrl } from './sign-in-url.ts';

async function urlFor(
  url: string,
  options: SessionKitOptions = {},
  page?: string,
  parts: Parameters<typeof pageLoad>[1] = {},
): Promise<string> {
  const kit = createSessionKit(options);
  const view = pageLoad(url, parts);
  const state = createRequestState(await kit.authenticate(view), kit.instance);
  return signInUrl(view, kit.instance, state, page);
}

const APP = 'https://app.example.com';
const PORTAL = 'https://accounts.example.com/sign-in';
const back = (url: string) => `redirect_url=${encodeURIComponent(url)}`;

describe('signInUrl', () => {
  it.each([
    ['the portal', {}, undefined, `${PORTAL}?${back(`${APP}/page?x=1`)}`],
    ['the configured page', { options: { signInUrl: '/in' } }, undefined, `${APP}/in?${back(`${APP}/page?x=1`)}`],
    ['a page of its own', { options: { signInUrl: '/in' } }, '/other', `${APP}/other?${back(`${APP}/page?x=1`)}`],
    [
      'the fixed public origin',
      { options: { publicOrigin: 'https://public.example' } },
      undefined,
      `${PORTAL}?${back('https://public.example/page?x=1')}`,
    ],
  ] satisfies [string, SessionKitOptions, string | undefined, string][])(
    'leads to %s and back',
    async (_, options, page, want) => {
      expect(await urlFor(`${APP}/page?x=1`, options, page)).toBe(want);
    },
  );

  it('SC-075 comes back to the request itself, whatever it asks for', async () => {
    const hostile = `${APP}//evil.test/x?redirect_url=https://evil.test`;
    expect(await urlFor(hostile)).toBe(`${PORTAL}?${back(hostile)}`);
    const headers = { 'x-forwarded-host': 'evil.test' };
    expect(await urlFor(`${APP}/page`, {}, undefined, { headers })).toBe(`${PORTAL}?${back(`${APP}/page`)}`);
  });

  it.each([
    ['of the cookie', `${APP}/page`, { cookies: { __clerk_db_jwt: 'dvb_1' } }, 'dvb_1'],
    ['of the URL', `${APP}/page?__clerk_db_jwt=dvb_2`, { cookies: { __clerk_db_jwt: 'dvb_1' } }, 'dvb_2'],
    ['of nobody', `${APP}/page`, {}, null],
  ])('takes the development browser along: that %s', async (_, url, parts, want) => {
    expect(new URL(await urlFor(url, {}, undefined, parts)).searchParams.get('__clerk_db_jwt')).toBe(want);
    expect(
      new URL(await urlFor(url, { type: 'production' }, undefined, parts)).searchParams.has('__clerk_db_jwt'),
    ).toBe(false);
  });

  it('leads to the open tasks of a pending session', async () => {
    const kit = createSessionKit({ type: 'production' });
    const cookies = { __session: kit.keys.session({ sts: 'pending' }), __client_uat: String(START - 60) };
    const view = pageLoad(`${APP}/page`, { cookies });
    const state = createRequestState(await kit.authenticate(view), kit.instance);
    expect(signInUrl(view, kit.instance, state)).toBe(`${PORTAL}/tasks?${back(`${APP}/page`)}`);
  });
});
