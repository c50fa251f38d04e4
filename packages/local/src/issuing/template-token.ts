import type { JWTPayload } from 'jose';
import { notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { User } from '../contract/wire.generated.ts';
import { readUser } from '../resources/user.ts';
import { fromJson, fromJsonOrNull } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import { activeOrganization, type OrganizationClaims } from './session-token.ts';
import { resolveShortcodes, type ShortcodeValues } from './shortcodes.ts';
import { tokenCategory } from './signing-key.ts';
import { readTemplateKey } from './template-key.ts';

/** How a token from a template may differ from the usual one. */
export interface TemplateTokenOptions {
  /** Lifetime in seconds; the template's by default. */
  readonly expiresInSeconds?: number | undefined;
  readonly authorizedParty?: string | undefined;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A token with the claims of a JWT template, its shortcodes filled in, signed with the instance's key or the template's own.
 *
 * @throws {ApiError} 404 when there is no template of that name.
 */
export async function issueTemplateToken(
  context: Context,
  session: Row<'sessions'>,
  name: string,
  options: TemplateTokenOptions = {},
): Promise<string> {
  const { db, clock, ids, instance } = context;
  const template = await db.selectFrom('jwt_templates').selectAll().where('name', '=', name).executeTakeFirst();
  if (template === undefined) throw notFound('jwt template', name);
  const user = await readUser(context, session.user_id);
  const organization = await activeOrganization(context, session);
  const seconds = Math.floor(clock.now() / 1000);
  const values = shortcodeValues(user, organization, session, clock.now());
  const claims = {
    ...(options.authorizedParty !== undefined && { azp: options.authorizedParty }),
    ...(resolveShortcodes(fromJson(template.claims), values) as object),
    exp: seconds + (options.expiresInSeconds ?? template.lifetime),
    iat: seconds,
    iss: instance.url,
    jti: ids.create('jti'),
    nbf: seconds - template.allowed_clock_skew,
    sub: user.id,
    ...options.claims,
  };
  const header = { cat: tokenCategory.template, ...options.header };
  if (template.signing_key_sealed === null) return context.signingKey.signJwt(claims, header);
  return signWithOwnKey(context, template, claims, { ...header, kid: template.id });
}

async function signWithOwnKey(
  context: Context,
  template: Row<'jwt_templates'>,
  claims: JWTPayload,
  header: object,
): Promise<string> {
  const key = context.sealer.open(template.signing_key_sealed ?? '');
  // Loaded at the first use: few templates have a key of their own.
  const { SignJWT } = await import('jose');
  return new SignJWT(claims)
    .setProtectedHeader({ alg: template.signing_algorithm, typ: 'JWT', ...header })
    .sign(readTemplateKey(template.signing_algorithm, key));
}

function shortcodeValues(
  user: User,
  organization: OrganizationClaims | undefined,
  session: Row<'sessions'>,
  now: number,
): ShortcodeValues {
  const email = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const phone = user.phone_numbers.find(({ id }) => id === user.primary_phone_number_id);
  const membership = user.organization_memberships.find((one) => one.organization.id === organization?.id);
  return {
    date: { now: Math.floor(now / 1000) },
    user: {
      ...user,
      full_name: [user.first_name, user.last_name].filter(Boolean).join(' ') || null,
      primary_email_address: email?.email_address ?? null,
      primary_phone_number: phone?.phone_number ?? null,
      primary_web3_wallet: user.web3_wallets.find(({ id }) => id === user.primary_web3_wallet_id)?.web3_wallet ?? null,
      email_verified: email?.verification?.status === 'verified',
      phone_number_verified: phone?.verification?.status === 'verified',
      organizations: Object.fromEntries(user.organization_memberships.map((one) => [one.organization.id, one.role])),
    },
    org:
      membership === undefined
        ? {}
        : {
            id: membership.organization.id,
            name: membership.organization.name,
            slug: membership.organization.slug,
            role: membership.role,
            image_url: membership.organization.image_url,
            has_image: membership.organization.has_image,
            public_metadata: membership.organization.public_metadata,
          },
    org_membership:
      membership === undefined
        ? {}
        : { public_metadata: membership.public_metadata, permissions: membership.permissions },
    session: { id: session.id, actor: fromJsonOrNull(session.actor) },
  };
}
