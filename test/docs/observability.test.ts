import { readFileSync } from 'node:fs';
import { createAuthenticator } from '@keystile/core';
import { transformSync } from 'esbuild';
import { expect, it } from 'vitest';
import { createTestInstance } from '../support/test-instance.ts';

const read = (name: string) => readFileSync(new URL(`../../docs/guides/${name}.md`, import.meta.url), 'utf8');
const GUIDE = read('observability');
const AUTHENTICATION = read('authentication');

/** As much of `@opentelemetry/api` as the guide uses. */
function createTelemetry() {
  const spans: { name: string; attributes: object; startTime: number; endTime: number | undefined }[] = [];
  const measurements: { name: string; value: number; attributes: object }[] = [];
  const api = {
    trace: {
      getTracer: () => ({
        startSpan(name: string, { startTime, attributes }: { startTime: number; attributes: object }) {
          const span = { name, attributes, startTime, endTime: undefined as number | undefined };
          spans.push(span);
          return {
            end(endTime: number) {
              span.endTime = endTime;
            },
          };
        },
      }),
    },
    metrics: {
      getMeter: () => ({
        createHistogram: (name: string) => ({
          record: (value: number, attributes: object) => measurements.push({ name, value, attributes }),
        }),
      }),
    },
  };
  return { spans, measurements, api };
}

/** Runs the guide's own example. */
function runExample(api: object): { recordAuthentication: (event: object) => void } {
  const source = /^```ts otel\n(.*?)^```$/ms.exec(GUIDE)?.[1] ?? '';
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} };
  new Function('require', 'module', code)(() => api, module);
  return module.exports as ReturnType<typeof runExample>;
}

it('the OpenTelemetry example records a span and a measurement for each decision, and no secret', async () => {
  const { publishableKey, jwtKey, session } = createTestInstance();
  const { spans, measurements, api } = createTelemetry();
  const { recordAuthentication } = runExample(api);
  const authenticator = createAuthenticator({ publishableKey, jwtKey, onAuthenticate: recordAuthentication }, {});
  const token = session();
  for (const authorization of [`Bearer ${token}`, `Bearer ${token}`, `Bearer ${session({ exp: 1 })}`]) {
    await authenticator.authenticateRequest(new Request('http://localhost/', { headers: { authorization } }));
  }
  const of = (status: string, reason: string, hit: boolean) => ({
    'auth.status': status,
    'auth.reason': reason,
    'auth.token_type': 'session_token',
    'auth.cache_hit': hit,
  });
  const wanted = [
    of('signed-in', 'none', false),
    of('signed-in', 'none', true),
    of('signed-out', 'session-token-expired-refresh-non-eligible-no-refresh-cookie', false),
  ];
  expect(spans.map(({ name, attributes }) => ({ name, attributes }))).toEqual(
    wanted.map((attributes) => ({ name: 'auth.verify', attributes })),
  );
  expect(measurements.map(({ attributes }) => attributes)).toEqual(wanted);
  for (const { startTime, endTime } of spans) expect(endTime).toBeGreaterThanOrEqual(startTime);
  expect(JSON.stringify({ spans, measurements })).not.toContain(token.slice(-20));
});

it('the guides quote the notices as they are', () => {
  const sources = [
    'session/reason.ts',
    'session/redirect-loop.ts',
    'session/explain-refusal.ts',
    'session/resolve-handshake.ts',
    'session/request-facts.ts',
    'session/conclude-session.ts',
    'session/decide.ts',
    'session/interstitial.ts',
    'shared-cache/patient-cache.ts',
  ].map((file) => readFileSync(new URL(`../../packages/core/src/${file}`, import.meta.url), 'utf8'));
  const code = sources.join('\n').replaceAll("\\'", "'");
  const notices = [...`${GUIDE}${AUTHENTICATION}`.matchAll(/^\| `([A-Z…][^`]+ [^`]+)`/gm)].map(
    ([, notice = '']) => notice,
  );
  expect(notices.length).toBeGreaterThan(8);
  // Between the things that the request decides.
  const fixed = notices
    .flatMap((notice) => notice.split(/\(?…\)?|\d+ (?:s|times)|: /))
    .map((text) => text.replace(/[.,] ?$/, '').trim());
  expect(fixed.filter((text) => !code.includes(text))).toEqual([]);
});
