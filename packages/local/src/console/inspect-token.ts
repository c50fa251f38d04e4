import { createPublicKey, verify } from 'node:crypto';
import type { Context } from '../context.ts';
import { equalInConstantTime } from '../issuing/equal-in-constant-time.ts';
import { hashSecret } from '../issuing/secrets.ts';
import { tokenCategory } from '../issuing/signing-key.ts';
import { fromJson } from '../store/json-column.ts';

/** What can be said of a token or key. */
export interface Inspection {
  /** What it is. */
  readonly kind: string;
  /** Whether it would be accepted at this moment, and why not. */
  readonly verdict: string;
  readonly isGood: boolean;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Header and payload of a JWT, nothing of which is proven by being read. */
  readonly parts?: { readonly header: unknown; readonly payload: unknown } | undefined;
}

/** Says what a token is and whether this backend stands by it. Never changes anything. */
export async function inspectToken(context: Context, text: string): Promise<Inspection> {
  const token = text.trim().replace(/^bearer +/i, '');
  const parts = readJwt(token);
  if (parts !== undefined) return inspectJwt(context, token, parts);
  if (token.startsWith('pk_')) return inspectPublishableKey(context, token);
  if (token.startsWith('sk_')) {
    const isOurs = equalInConstantTime(token, context.instance.secretKey);
    return {
      kind: 'secret key',
      verdict: isOurs ? 'The secret key of this backend.' : 'Not the secret key of this backend.',
      isGood: isOurs,
      facts: [],
    };
  }
  return inspectOpaque(context, token);
}

interface JwtParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

function readJwt(token: string): JwtParts | undefined {
  const segments = token.split('.');
  if (segments.length !== 3) return undefined;
  const [header, payload] = segments.slice(0, 2).map((segment) => {
    try {
      const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString());
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
    } catch {
      return undefined;
    }
  });
  return header === undefined || payload === undefined ? undefined : { header, payload };
}

function inspectJwt({ signingKey, instance, clock }: Context, token: string, parts: JwtParts): Inspection {
  const { header, payload } = parts;
  const now = clock.now() / 1000;
  const faults: string[] = [];
  if (header.alg !== 'RS256') faults.push(`It is signed with ${String(header.alg)}, not RS256.`);
  else if (!isSigned(token, signingKey.publicPem)) faults.push('The signature is not that of this backend.');
  if (header.kid !== signingKey.kid) faults.push('It names another key.');
  if (payload.iss !== undefined && payload.iss !== instance.url) faults.push('It names another issuer.');
  if (typeof payload.exp === 'number' && payload.exp <= now)
    faults.push(`It expired ${inWords(now - payload.exp)} ago.`);
  if (typeof payload.nbf === 'number' && payload.nbf > now)
    faults.push(`It is not valid for another ${inWords(payload.nbf - now)}.`);
  return {
    kind: kindOf(parts),
    verdict: faults.length === 0 ? 'Signed by this backend, and valid at this moment.' : faults.join(' '),
    isGood: faults.length === 0,
    facts: [...timeFact('Issued', payload.iat, now), ...timeFact('Expires', payload.exp, now)],
    parts,
  };
}

function kindOf({ header, payload }: JwtParts): string {
  if (header.typ === 'at+jwt' || header.typ === 'application/at+jwt') return 'OAuth access token (JWT)';
  if (header.cat === tokenCategory.m2m) return 'M2M token (JWT)';
  if (header.cat === tokenCategory.template) return 'token of a JWT template, or an ID token';
  if (Array.isArray(payload.handshake)) return 'handshake token';
  if (header.cat === tokenCategory.session || typeof payload.sid === 'string') return 'session token';
  return 'JWT of unknown kind';
}

function isSigned(token: string, publicPem: string): boolean {
  const end = token.lastIndexOf('.');
  return verify(
    'sha256',
    Buffer.from(token.slice(0, end)),
    createPublicKey(publicPem),
    Buffer.from(token.slice(end + 1), 'base64url'),
  );
}

/** Tables of opaque secrets, by prefix. */
const opaqueKinds = {
  ak_: { table: 'api_keys', hash: 'secret_hash', kind: 'API key' },
  mt_: { table: 'm2m_tokens', hash: 'token_hash', kind: 'M2M token (opaque)' },
  oat_: { table: 'oauth_access_tokens', hash: 'token_hash', kind: 'OAuth access token (opaque)' },
} as const;

async function inspectOpaque({ db, clock }: Context, token: string): Promise<Inspection> {
  const prefix = (Object.keys(opaqueKinds) as (keyof typeof opaqueKinds)[]).find((each) => token.startsWith(each));
  if (prefix === undefined)
    return { kind: 'unknown', verdict: 'This has the shape of no token or key.', isGood: false, facts: [] };
  const { table, hash, kind } = opaqueKinds[prefix];
  const row = await db
    .selectFrom(table)
    .selectAll()
    .where(hash as never, '=', hashSecret(token) as never)
    .executeTakeFirst();
  if (row === undefined) return { kind, verdict: 'This backend has issued no such secret.', isGood: false, facts: [] };
  const isExpired = row.expires_at !== null && row.expires_at <= clock.now();
  const verdict =
    row.revoked === 1
      ? `Revoked: ${row.revocation_reason ?? 'no reason given'}.`
      : isExpired
        ? 'Expired.'
        : 'Valid at this moment.';
  return {
    kind,
    verdict,
    isGood: row.revoked === 0 && !isExpired,
    facts: [
      ['Id', row.id],
      ['Subject', row.subject],
      ['Scopes', fromJson<string[]>(row.scopes).join(' ') || '–'],
      ...timeFact('Issued', row.created_at / 1000, clock.now() / 1000),
      ...timeFact('Expires', row.expires_at === null ? undefined : row.expires_at / 1000, clock.now() / 1000),
    ],
  };
}

function inspectPublishableKey({ instance }: Context, key: string): Inspection {
  const host = Buffer.from(key.split('_')[2] ?? '', 'base64').toString();
  const isOurs = key.replaceAll('=', '') === instance.publishableKey;
  return {
    kind: 'publishable key',
    verdict: isOurs ? 'The publishable key of this backend.' : 'Not the publishable key of this backend.',
    isGood: isOurs,
    facts: [['Frontend API', host.endsWith('$') ? host.slice(0, -1) : 'malformed']],
  };
}

function timeFact(name: string, seconds: unknown, now: number): (readonly [string, string])[] {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return [];
  const distance = seconds - now;
  const relative = distance >= 0 ? `in ${inWords(distance)}` : `${inWords(-distance)} ago`;
  return [[name, `${new Date(seconds * 1000).toISOString()} (${relative})`]];
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
