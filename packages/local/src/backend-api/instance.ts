import { badRequest, invalidParam, notFound } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Settings } from '../settings.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import type { Handlers } from './handler.ts';

export const instance = {
  async 'instance.get'({ db, instance: { id } }) {
    const { allowedOrigins } = await readSettings(db);
    return { object: 'instance', id, environment_type: 'development', allowed_origins: allowedOrigins };
  },

  async 'instance.update'(context, { body }) {
    const origins = body.allowed_origins?.map(readOrigin);
    if (body.development_origin) readOrigin(body.development_origin);
    await change(context, (settings) => ({
      ...settings,
      testMode: body.test_mode ?? settings.testMode,
      hibp: body.hibp ?? settings.hibp,
      supportEmail: body.support_email ?? settings.supportEmail,
      clerkJsVersion: body.clerk_js_version ?? settings.clerkJsVersion,
      developmentOrigin: body.development_origin ?? settings.developmentOrigin,
      allowedOrigins: origins ?? settings.allowedOrigins,
      urlBasedSessionSyncing: body.url_based_session_syncing ?? body.cookieless_dev ?? settings.urlBasedSessionSyncing,
      enhancedEmailDeliverability: body.enhanced_email_deliverability ?? settings.enhancedEmailDeliverability,
    }));
    return undefined;
  },

  async 'instance.updateRestrictions'(context, { body }) {
    const { restrictions } = await change(context, (settings) => {
      const before = settings.restrictions;
      return {
        ...settings,
        restrictions: {
          allowlist: body.allowlist ?? before.allowlist,
          blocklist: body.blocklist ?? before.blocklist,
          allowlistBlocklistDisabledOnSignIn:
            body.allowlist_blocklist_disabled_on_sign_in ?? before.allowlistBlocklistDisabledOnSignIn,
          blockEmailSubaddresses: body.block_email_subaddresses ?? before.blockEmailSubaddresses,
          blockDisposableEmailDomains: body.block_disposable_email_domains ?? before.blockDisposableEmailDomains,
          ignoreDotsForGmailAddresses: body.ignore_dots_for_gmail_addresses ?? before.ignoreDotsForGmailAddresses,
        },
      };
    });
    return {
      object: 'instance_restrictions',
      allowlist: restrictions.allowlist,
      blocklist: restrictions.blocklist,
      allowlist_blocklist_disabled_on_sign_in: restrictions.allowlistBlocklistDisabledOnSignIn,
      block_email_subaddresses: restrictions.blockEmailSubaddresses,
      block_disposable_email_domains: restrictions.blockDisposableEmailDomains,
      ignore_dots_for_gmail_addresses: restrictions.ignoreDotsForGmailAddresses,
    };
  },

  async 'instance.getProtectSettings'({ db }) {
    return toProtectSettings(await readSettings(db));
  },

  async 'instance.updateProtectSettings'(context, { body }) {
    return toProtectSettings(
      await change(context, (settings) => ({
        ...settings,
        protect: {
          rulesEnabled: body.rules_enabled ?? settings.protect.rulesEnabled,
          specterEnabled: body.specter_enabled ?? settings.protect.specterEnabled,
        },
      })),
    );
  },

  async 'instance.getOAuthApplicationSettings'({ db }) {
    return toOAuthSettings(await readSettings(db));
  },

  async 'instance.updateOAuthApplicationSettings'(context, { body }) {
    return toOAuthSettings(
      await change(context, (settings) => ({
        ...settings,
        oauth: {
          dynamicClientRegistration: body.dynamic_oauth_client_registration ?? settings.oauth.dynamicClientRegistration,
          jwtAccessTokens: body.oauth_jwt_access_tokens ?? settings.oauth.jwtAccessTokens,
        },
      })),
    );
  },

  async 'instance.changeDomain'(context, { body }) {
    await changeHomeUrl(context, body.home_url);
    return undefined;
  },

  async 'instance.updateOrganizationSettings'(context, { body }) {
    const { db } = context;
    if (body.max_allowed_memberships != null && body.max_allowed_memberships < 0) {
      throw invalidParam('max_allowed_memberships', 'must be 0 (no limit) or more.');
    }
    const unknown = body.domains_enrollment_modes?.find(
      (mode) => mode !== 'automatic_invitation' && mode !== 'automatic_suggestion',
    );
    if (unknown !== undefined)
      throw invalidParam('domains_enrollment_modes', 'may hold automatic_invitation and automatic_suggestion.');
    const creator = await findRole(context, body.creator_role_id);
    if (creator?.is_creator_eligible === 0)
      throw invalidParam('creator_role_id', 'must be a role that may manage the organization.');
    const joiner = await findRole(context, body.domains_default_role_id);
    const { organizations } = await change(context, (settings) => {
      const before = settings.organizations;
      return {
        ...settings,
        organizations: {
          ...before,
          enabled: body.enabled ?? before.enabled,
          maxAllowedMemberships: body.max_allowed_memberships ?? before.maxAllowedMemberships,
          adminDeleteEnabled: body.admin_delete_enabled ?? before.adminDeleteEnabled,
          domainsEnabled: body.domains_enabled ?? before.domainsEnabled,
          slugDisabled: body.slug_disabled ?? before.slugDisabled,
          domainsEnrollmentModes:
            body.domains_enrollment_modes === undefined
              ? before.domainsEnrollmentModes
              : ['manual_invitation', ...body.domains_enrollment_modes],
          creatorRole: creator?.key ?? before.creatorRole,
          domainsDefaultRole: joiner?.key ?? before.domainsDefaultRole,
        },
      };
    });
    if (creator !== undefined) {
      await db.updateTable('role_sets').set({ creator_role_id: creator.id }).where('type', '=', 'initial').execute();
    }
    return {
      object: 'organization_settings',
      enabled: organizations.enabled,
      max_allowed_memberships: organizations.maxAllowedMemberships,
      max_allowed_roles: organizations.maxAllowedRoles,
      max_role_sets_allowed: organizations.maxRoleSetsAllowed,
      max_allowed_permissions: organizations.maxAllowedPermissions,
      creator_role: organizations.creatorRole,
      admin_delete_enabled: organizations.adminDeleteEnabled,
      domains_enabled: organizations.domainsEnabled,
      slug_disabled: organizations.slugDisabled,
      domains_enrollment_modes: organizations.domainsEnrollmentModes,
      domains_default_role: organizations.domainsDefaultRole,
      initial_role_set_key: organizations.initialRoleSetKey,
    };
  },

  async 'betaFeatures.updateInstanceSettings'(context, { body }) {
    const { from_email_address: from } = body;
    if (from !== undefined && !/^[a-z0-9]{1,64}$/i.test(from))
      throw invalidParam('from_email_address', 'may hold letters and digits only.');
    const settings = await change(context, (before) => ({
      ...before,
      restrictions: {
        ...before.restrictions,
        allowlist: body.restricted_to_allowlist ?? before.restrictions.allowlist,
      },
      fromEmailAddress: from ?? before.fromEmailAddress,
      progressiveSignUp: body.progressive_sign_up ?? before.progressiveSignUp,
      testMode: body.test_mode ?? before.testMode,
    }));
    return {
      object: 'instance_settings',
      id: context.instance.id,
      restricted_to_allowlist: settings.restrictions.allowlist,
      from_email_address: settings.fromEmailAddress,
      progressive_sign_up: settings.progressiveSignUp,
      enhanced_email_deliverability: settings.enhancedEmailDeliverability,
    };
  },

  async 'betaFeatures.updateDomain'(context, { body }) {
    await changeHomeUrl(context, body.home_url);
    return undefined;
  },
} satisfies Partial<Handlers>;

async function change({ db, clock }: Context, how: (settings: Settings) => Settings): Promise<Settings> {
  const settings = how(await readSettings(db));
  await writeSettings(db, settings, clock.now());
  return settings;
}

const toProtectSettings = ({ protect }: Settings) => ({
  object: 'instance_protect_settings',
  rules_enabled: protect.rulesEnabled,
  specter_enabled: protect.specterEnabled,
});

const toOAuthSettings = ({ oauth }: Settings) => ({
  object: 'oauth_application_settings',
  dynamic_oauth_client_registration: oauth.dynamicClientRegistration,
  oauth_jwt_access_tokens: oauth.jwtAccessTokens,
});

/** An origin and nothing more, of whatever scheme: extensions and apps have their own. */
function readOrigin(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/i.test(text))
    throw invalidParam('allowed_origins', 'must hold origins such as https://example.com.');
  return text;
}

async function changeHomeUrl(context: Context, homeUrl: string | undefined): Promise<void> {
  if (homeUrl === undefined) throw badRequest('form_param_missing', 'home_url must be included.', 'home_url');
  const url = URL.canParse(homeUrl) ? new URL(homeUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalidParam('home_url', 'must be an http or https URL.');
  await change(context, (settings) => ({ ...settings, homeUrl: url.origin }));
  await context.db
    .updateTable('domains')
    .set({ name: url.host, updated_at: context.clock.now() })
    .where('is_satellite', '=', 0)
    .execute();
}

async function findRole({ db }: Context, id: string | null | undefined) {
  if (id == null) return undefined;
  const role = await db.selectFrom('roles').selectAll().where('id', '=', id).executeTakeFirst();
  if (role === undefined) throw notFound('organization role', id);
  return role;
}
