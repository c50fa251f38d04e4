import { afterAll, beforeAll, expect, it } from 'vitest';
import { exchange } from '../../conformance/exchange.ts';
import type { RunningApplication } from '../../conformance/harness.ts';
import { type NextVariant, startNextApplication } from '../../conformance/harnesses/next-server.ts';
import { createTestInstance } from '../../support/test-instance.ts';

const { publishableKey, jwtKey, secretKey, session } = createTestInstance({ type: 'production' });
const setup = { options: { publishableKey, jwtKey, secretKey }, webhookSecret: '' };
const document = { accept: 'text/html', 'sec-fetch-dest': 'document' };

/** Guards that nobody waits for, or that come when the answer is on its way: the data layer runs as nobody. */
export function testLateGuards(variant: NextVariant): void {
  let server: RunningApplication;
  beforeAll(async () => {
    server = await startNextApplication(setup, variant);
  });
  afterAll(() => server.close());

  const open = (path: string, headers: Record<string, string> = {}) =>
    exchange(server.url, path, { headers: { ...document, ...headers } });
  const readers = async (): Promise<(string | null)[]> => (await open('/readers')).json;

  it.each(['/unawaited', '/unawaited-in-proxy'])(
    '%s: a guard that is not awaited makes nobody of a stranger',
    async (path) => {
      // More than once, since a promise that is rejected and that nobody waits for has ended processes.
      for (let times = 0; times < 5; times++) {
        const { text } = await open(path);
        expect(text).not.toContain('secret of');
      }
      const seen = await readers();
      expect(seen.filter((userId) => userId !== null)).toEqual([]);
      const { status, text } = await open(path, { authorization: `Bearer ${session()}` });
      expect([status, text]).toEqual([200, expect.stringContaining('secret of user_alice')]);
      expect(await readers()).toEqual(['user_alice']);
    },
  );

  it('a guard below a Suspense boundary ends what is below it, and lends nobody’s identity to what is beside it', async () => {
    const { text, headers } = await open('/late');
    expect(text).not.toContain('behind the guard');
    expect(text).not.toContain('secret of');
    expect(`${headers.location} ${text}`).toContain('/sign-in?redirect_url=');
    expect((await readers()).filter((userId) => userId !== null)).toEqual([]);
    const answer = await open('/late', { authorization: `Bearer ${session()}` });
    expect(answer.text).toMatch(/behind the guard: .*secret of user_alice/);
    expect(await readers()).toEqual(['user_alice', 'user_alice']);
  });

  it('is no way in for a forged token, either', async () => {
    const [header, payload] = session().split('.');
    for (const path of ['/unawaited', '/unawaited-in-proxy', '/late']) {
      const { text } = await open(path, { authorization: `Bearer ${header}.${payload}.${'A'.repeat(342)}` });
      expect(text).not.toContain('secret of');
    }
    expect((await readers()).filter((userId) => userId !== null)).toEqual([]);
  });
}
