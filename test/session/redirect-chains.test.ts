import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../packages/core/src/session/outcome.ts';
import { Browser, type BrowserHabits } from './support/browser.ts';
import { createSessionKit, type SessionKit, START } from './support/session-kit.ts';

const APP = 'https://app.example.com';
const FOREIGN = createSessionKit({ ownKey: true }).keys;

/** What the frontend API makes of a handshake. */
type Verdict =
  | 'signed-in'
  | 'signed-out'
  | 'other organisation'
  | 'session without time'
  | 'time without session'
  | 'foreign session'
  | 'foreign handshake'
  | 'nothing';

interface World {
  readonly type: 'development' | 'production';
  readonly verdict: Verdict;
  /** How far our clock is ahead of the issuer's, in seconds. */
  readonly clockAhead: number;
  readonly habits: BrowserHabits;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly query: string;
  readonly referer: string;
  /** How long each step takes, in milliseconds. */
  readonly stepMs: number;
  readonly suffixed: boolean;
}

interface Chain {
  readonly handshakes: number;
  readonly steps: number;
  readonly end: Outcome | 'failed';
}

/** Lets a browser follow redirects between the application and a frontend API until there are none. */
async function follow(world: World, path = '/orgs/acme'): Promise<Chain> {
  const options = { organizationSyncOptions: { organizationPatterns: ['/orgs/:slug'] } };
  const kit = createSessionKit({ type: world.type, options });
  const browser = new Browser(() => kit.now * 1000, world.habits);
  for (const [name, value] of Object.entries(world.cookies)) {
    const ours = world.suffixed ? name.replace(/$/, `_${kit.names.suffix}`) : name;
    if (value !== undefined) browser.take(`${name.startsWith('__clerk_redirect') ? name : ours}=${value}`);
  }
  let url = `${APP}${path}${world.query}`;
  let handshakes = 0;
  for (let steps = 1; steps <= 20; steps++) {
    kit.now += world.stepMs / 1000;
    let outcome: Outcome;
    try {
      outcome = await kit.authenticate(browser.load(url, world.referer === '' ? {} : { referer: world.referer }));
    } catch (error) {
      expect(error).toMatchObject({ code: 'handshake-refused' });
      expect(world.type).toBe('development');
      return { handshakes, steps, end: 'failed' };
    }
    if ('responseHeaders' in outcome) {
      for (const [name, value] of outcome.responseHeaders ?? []) if (name === 'set-cookie') browser.take(value);
    }
    if (outcome.status === 'handshake') {
      handshakes++;
      kit.now += world.stepMs / 1000;
      url = answerHandshake(new URL(outcome.location ?? ''), kit, browser, world);
    } else if ('location' in outcome && outcome.location !== undefined) {
      url = outcome.location;
    } else {
      return { handshakes, steps, end: outcome };
    }
  }
  throw new Error('the chain of redirects has no end');
}

/** The frontend API: gives the URL to which it sends the browser back. */
function answerHandshake(
  request: URL,
  kit: SessionKit,
  browser: Browser,
  { type, verdict, clockAhead, suffixed }: World,
): string {
  const back = new URL(request.searchParams.get('redirect_url') ?? '');
  if (verdict === 'nothing') return back.href;
  const seconds = Math.floor(kit.now - clockAhead);
  const times = { iat: seconds, nbf: seconds - 10, exp: seconds + 60 };
  const slug = request.searchParams.get('organization_id');
  const organization = slug === null || verdict === 'other organisation' ? {} : { org_id: 'org_1', org_slug: slug };
  const issuer = verdict === 'foreign session' ? FOREIGN : kit.keys;
  const session = issuer.session({ ...times, ...organization });
  const isSignedOut = verdict === 'signed-out';
  const values: [string, string][] = [
    ['__session', verdict === 'time without session' || isSignedOut ? '; Max-Age=0' : session],
    ['__client_uat', verdict === 'session without time' ? '; Max-Age=0' : String(isSignedOut ? 0 : seconds)],
    ['__clerk_db_jwt', 'dvb_1'],
  ];
  const suffixes = suffixed ? ['', `_${kit.names.suffix}`] : [''];
  const directives = [
    ...suffixes.flatMap((suffix) => values.map(([name, value]) => `${name}${suffix}=${value}`)),
    '__clerk_handshake=; Max-Age=0',
  ];
  const token = (verdict === 'foreign handshake' ? FOREIGN : kit.keys).jwt({ handshake: directives });
  if (type === 'production') browser.take(`__clerk_handshake=${token}; Max-Age=10`);
  else back.searchParams.set('__clerk_handshake', token);
  return back.href;
}

const anyCookies = () => {
  const past = START - 600;
  const session = fc.constantFrom(
    undefined,
    'garbage',
    FOREIGN.session({ iat: past }),
    FOREIGN.session({ iat: START, exp: START + 600, iss: 'https://clerk.example.com' }),
  );
  return fc.record({
    __session: session,
    __client_uat: fc.constantFrom(undefined, '0', '5', String(START + 9_999), 'abc', '-1'),
    __clerk_db_jwt: fc.constantFrom(undefined, 'dvb_1', ''),
    __clerk_redirect_count: fc.constantFrom(undefined, '0', '1', '3', 'x'),
  });
};

const worlds: fc.Arbitrary<World> = fc.record({
  type: fc.constantFrom('development', 'production'),
  verdict: fc.constantFrom(
    'signed-in',
    'signed-out',
    'other organisation',
    'session without time',
    'time without session',
    'foreign session',
    'foreign handshake',
    'nothing',
  ),
  clockAhead: fc.constantFrom(0, 3, 70, 3_600, 100_000, -3, -70, -3_600),
  habits: fc.oneof(
    fc.constant({ refusesCookies: true }),
    fc.record({
      tossed: fc.constantFrom(
        [],
        ['__clerk_redirect_count=0'],
        ['__clerk_redirect_count=1'],
        ['__clerk_redirect_count=abc'],
        ['__session=tossed'],
        ['__client_uat=7'],
      ),
    }),
  ),
  cookies: anyCookies(),
  query: fc.constantFrom(
    '',
    '?x=1',
    '?__clerk_db_jwt=d',
    '?__clerk_synced=false',
    '?__clerk_handshake=garbage',
    '?__clerk_redirect_url=https://evil.test',
  ),
  referer: fc.constantFrom('', 'https://search.example/', `${APP}/`),
  stepMs: fc.constantFrom(10, 200, 600),
  suffixed: fc.boolean(),
});

const FRUITLESS: readonly Verdict[] = ['foreign session', 'foreign handshake', 'signed-out', 'nothing'];

describe('SC-073 a browser that follows redirects', () => {
  it('is led round three times at most, whatever it sends and whatever the frontend API answers', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        // A browser without cookies comes back from a frontend API without an answer as if for the first time.
        fc.pre(world.habits.refusesCookies !== true || world.verdict !== 'nothing');
        const { handshakes } = await follow(world);
        expect(handshakes).toBeLessThanOrEqual(3);
      }),
      { numRuns: 300 },
    );
  });

  it('ends signed in only by what this instance signed', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.constantFrom(...FRUITLESS), async (world, verdict) => {
        fc.pre(world.habits.refusesCookies !== true || verdict !== 'nothing');
        const { end } = await follow({ ...world, verdict });
        expect(end).not.toMatchObject({ status: 'signed-in' });
      }),
      { numRuns: 300 },
    );
  });
});

const ordinary: World = {
  type: 'production',
  verdict: 'signed-in',
  clockAhead: 0,
  habits: {},
  cookies: {},
  query: '',
  referer: '',
  stepMs: 200,
  suffixed: true,
};

describe('ordinary chains', () => {
  it.each([
    ['first visit in development', { type: 'development' }, 1, 'signed-in', undefined],
    [
      'first visit in development, signed out',
      { type: 'development', verdict: 'signed-out' },
      1,
      'signed-out',
      'session-token-and-uat-missing',
    ],
    ['first visit in production', {}, 0, 'signed-out', 'session-token-and-uat-missing'],
    ['a session that was lost', { cookies: { __client_uat: '5' } }, 1, 'signed-in', undefined],
    [
      'back from sign-in in development',
      { type: 'development', query: '?__clerk_db_jwt=d' },
      1,
      'signed-in',
      undefined,
    ],
    [
      'from a search engine',
      { cookies: { __client_uat: '5' }, referer: 'https://search.example/' },
      1,
      'signed-in',
      undefined,
    ],
    ['a clock that is a little off', { cookies: { __client_uat: '5' }, clockAhead: 3 }, 1, 'signed-in', undefined],
    [
      'a clock that is an hour ahead in production',
      { cookies: { __client_uat: '5' }, clockAhead: 3_600 },
      3,
      'signed-out',
      'client-uat-but-no-session-token',
    ],
    [
      'keys of two instances in production',
      { cookies: { __client_uat: '5' }, verdict: 'foreign session' },
      3,
      'signed-out',
      'client-uat-but-no-session-token',
    ],
    [
      'an organisation that the user is not in',
      { cookies: { __client_uat: '5' }, verdict: 'other organisation' },
      1,
      'signed-in',
      undefined,
    ],
  ] satisfies [string, Partial<World>, number, string, string | undefined][])(
    '%s',
    async (_, change, handshakes, status, reason) => {
      const chain = await follow({ ...ordinary, ...change });
      expect({ ...chain, end: (chain.end as Outcome).status }).toMatchObject({ handshakes, end: status });
      if (reason !== undefined) expect(chain.end).toMatchObject({ reason });
    },
  );

  it('keys of two instances in development fail at once (8.4)', async () => {
    expect(await follow({ ...ordinary, type: 'development', verdict: 'foreign handshake' })).toMatchObject({
      handshakes: 1,
      end: 'failed',
    });
  });

  it('a browser without cookies in development stops after three', async () => {
    const chain = await follow({ ...ordinary, type: 'development', habits: { refusesCookies: true } });
    expect(chain).toMatchObject({ handshakes: 3, end: { status: 'signed-out', reason: 'dev-browser-missing' } });
  });
});
