import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAuthenticator, toPublishableKey } from '@keystile/core';
import { describe, expect, test } from 'vitest';
import { createSigningKey } from '../support/signing-key.ts';

/** Rules of the architecture that the sources themselves have to keep. */

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

interface Source {
  readonly path: string;
  /** Without comments. */
  readonly code: string;
}

function sourcesOf(name: string): Source[] {
  const root = join(packages, name, 'src');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|test-d|generated)\.tsx?$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(packages, path), code: withoutComments(readFileSync(path, 'utf8')) }));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

const core = sourcesOf('core');
const all = readdirSync(packages).flatMap((name) => {
  try {
    return sourcesOf(name);
  } catch {
    return [];
  }
});
const offenders = (sources: readonly Source[], pattern: RegExp, allowed: readonly string[] = []) =>
  sources.filter(({ path, code }) => pattern.test(code) && !allowed.includes(path)).map(({ path }) => path);

test('the check reads what it is about', () => {
  expect(core.length).toBeGreaterThan(80);
  expect(all.length).toBeGreaterThan(core.length);
});

describe('core runs anywhere', () => {
  test('no module of Node but behind #crypto', () => {
    expect(
      offenders(core, /from '(?:node:|#crypto')/, ['core/src/crypto/index.ts', 'core/src/crypto/node.ts']),
    ).toEqual([]);
    expect(offenders(core, /\b(?:require\(|Buffer\.|import\(['"`])/, ['core/src/crypto/node.ts'])).toEqual([]);
  });

  test('the environment is looked at in one place', () => {
    expect(offenders(core, /\bprocess\b/, ['core/src/environment.ts'])).toEqual([]);
  });

  test('SC-135 no code is made from text', () => {
    expect(offenders(all, /\beval\(|new Function\(/)).toEqual([]);
  });

  test('no knowledge of a framework', () => {
    expect(offenders(core, /from '(?:express|hono|next|react)[/']/)).toEqual([]);
  });
});

test('verifyToken brings along neither the client nor sessions nor a cache', () => {
  const brought = importsOf(join(packages, 'core/src/verify-token.ts'));
  expect(brought.size).toBeGreaterThan(10);
  const own = [...brought].map((file) => relative(join(packages, 'core/src'), file));
  expect(own.filter((file) => /^(?:session|guard|auth)\/|authenticat|config\.ts/.test(file))).toEqual([]);
  expect(own.filter((file) => file.startsWith('backend/') && !/version/.test(file))).toEqual([]);
  expect([...brought].filter((file) => /from 'lru-cache'/.test(readFileSync(file, 'utf8')))).toEqual([]);
});

/** Every module that a module of ours loads, itself among them; what is imported for its types is not loaded. */
function importsOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const code = withoutComments(readFileSync(file, 'utf8'));
  for (const [, clause = '', target = ''] of code.matchAll(/(?:import|export)\s+([^;]*?)from '(\.[^']+)'/g)) {
    const names = clause
      .replace(/[{}]/g, '')
      .split(',')
      .map((name) => name.trim());
    const isTypeOnly = clause.startsWith('type ') || names.every((name) => name === '' || name.startsWith('type '));
    if (!isTypeOnly) importsOf(join(file, '..', target), found);
  }
  return found;
}

describe('SC-127 SC-100 no switch turns checks off', () => {
  test('no branch for tests, emulators or development in what verifies', () => {
    const verifying = core.filter(({ path }) => /\/(?:jwt|jwks|tokens|crypto|auth|guard)\//.test(path));
    expect(verifying.length).toBeGreaterThan(30);
    expect(
      offenders(verifying, /NODE_ENV|emulator|isTest|skipVerif|ignoreExpiration|insecure(?!ApiUrl|Allowed)/i),
    ).toEqual([]);
  });

  test('core does not know the local backend', () => {
    expect(offenders(core, /@keystile\/local/)).toEqual([]);
  });
});

describe('SC-121 secrets are compared in constant time', () => {
  const SECRET =
    '(?:mac|hmac|digest|signature|secret|secretKey|apiKey|tokenHash|token_hash|secretHash|secret_hash|codeVerifier)';
  const PRESENCE = String.raw`\s*(?:undefined|null|true|false|''|""|\d|typeof)`;
  /** `===` or `!==` with something on either side whose name says that it is a secret. To ask whether there is one is fine. */
  const COMPARISON = new RegExp(
    String.raw`\b${SECRET}\s*[!=]==?(?!=)(?!${PRESENCE})|(?<!${PRESENCE}\s*|typeof [\w.]+\s*)(?<![!=])[!=]==?\s*(?:\w+\.)*${SECRET}\b(?![\w.(])`,
    'i',
  );

  test('the check finds what it looks for, and nothing else', () => {
    for (const bad of [
      'if (mac !== expected)',
      'given === secretKey',
      'a.signature === b',
      'return x == row.secret_hash;',
    ]) {
      expect(COMPARISON.test(bad), bad).toBe(true);
    }
    for (const fine of ['secretKey === undefined', "signature !== ''", 'secret !== null', 'signature.length === 3']) {
      expect(COMPARISON.test(fine), fine).toBe(false);
    }
  });

  test('in core', () => {
    expect(offenders(core, COMPARISON)).toEqual([]);
  });

  test('in the local backend', () => {
    // Backup codes are compared by a keyed hash: whoever guesses cannot choose how far his guess agrees.
    const keyedHashes = ['local/src/resources/backup-codes.ts'];
    expect(offenders(sourcesOf('local'), COMPARISON, keyedHashes)).toEqual([]);
  });
});

test('SC-010 no inherited member is ever looked up by a name from outside', () => {
  // Tables that are asked with text from a request have no prototype, are Maps, or are asked by hasOwn.
  const jwks = core.filter(({ path }) => path.includes('/jwks/'));
  expect(offenders(jwks, /\[(?:kid|jwt\.header\.kid)\]/)).toEqual([]);
});

test('redirects are never followed where a secret travels', () => {
  const fetching = core.filter(({ code }) => /authorization: `Bearer|set\('authorization'/.test(code));
  expect(fetching.length).toBeGreaterThan(1);
  const sending = core.filter(({ code }) => /\bfetch\(|\.fetch\(/.test(code) && /authorization/.test(code));
  for (const { path, code } of sending) expect(code, path).toMatch(/redirect: 'manual'/);
});

describe('SC-124 quiet on the wire', () => {
  test('core knows one host of the internet: where the Backend API is unless an option says otherwise', () => {
    const hosts = new Set(core.flatMap(({ code }) => code.match(/https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi) ?? []));
    for (const example of ['https://app.example.com', 'https://accounts.example.com']) hosts.delete(example);
    const proxied = [...hosts].filter((host) => /^https:\/\/frontend-api\./.test(host));
    for (const host of proxied) hosts.delete(host);
    expect([...hosts]).toEqual(['https://api.clerk.com']);
  });

  test('to build an authenticator, and to verify with a PEM, asks nobody', async () => {
    const asked: string[] = [];
    const original = globalThis.fetch;
    globalThis.fetch = async (input) => {
      asked.push(String(input));
      return Response.error();
    };
    try {
      const key = createSigningKey();
      const authenticator = createAuthenticator(
        {
          publishableKey: toPublishableKey('clerk.example.com', 'production'),
          secretKey: 'sk_live_x',
          jwtKey: key.publicPem,
        },
        {},
      );
      const token = key.sign({ sub: 'user_1', exp: Math.floor(Date.now() / 1000) + 60 });
      const request = new Request('https://app.example.com', { headers: { authorization: `Bearer ${token}` } });
      expect((await authenticator.authenticateRequest(request)).status).toBe('signed-in');
      void authenticator.backend.users;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      globalThis.fetch = original;
    }
    expect(asked).toEqual([]);
  });
});
