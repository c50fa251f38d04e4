/** What an operator can change of an instance; kept as one JSON value. */
export interface Settings {
  testMode: boolean;
  hibp: boolean;
  supportEmail: string;
  clerkJsVersion: string;
  developmentOrigin: string;
  allowedOrigins: string[];
  urlBasedSessionSyncing: boolean;
  homeUrl: string;
  fromEmailAddress: string;
  progressiveSignUp: boolean;
  enhancedEmailDeliverability: boolean;
  restrictions: {
    allowlist: boolean;
    blocklist: boolean;
    allowlistBlocklistDisabledOnSignIn: boolean;
    blockEmailSubaddresses: boolean;
    blockDisposableEmailDomains: boolean;
    ignoreDotsForGmailAddresses: boolean;
  };
  protect: { rulesEnabled: boolean; specterEnabled: boolean };
  oauth: { dynamicClientRegistration: boolean; jwtAccessTokens: boolean };
  organizations: {
    enabled: boolean;
    maxAllowedMemberships: number;
    maxAllowedRoles: number;
    maxRoleSetsAllowed: number;
    maxAllowedPermissions: number;
    creatorRole: string;
    adminDeleteEnabled: boolean;
    domainsEnabled: boolean;
    slugDisabled: boolean;
    domainsEnrollmentModes: string[];
    domainsDefaultRole: string;
    initialRoleSetKey: string | null;
  };
  webhooks: {
    /** Whether events are delivered. */
    enabled: boolean;
    endpoints: { id: string; url: string; secret: string; events: string[] | null }[];
  };
  sessions: {
    /** Seconds that a session token lives. */
    tokenLifetime: number;
    /** Seconds until a session expires. */
    lifetime: number;
    /** Seconds until an abandoned session is dropped. */
    abandonAfter: number;
  };
  lockout: {
    /** Wrong attempts until a user is locked. */
    maxAttempts: number;
    /** Seconds that a lock lasts. */
    duration: number;
  };
}

const day = 24 * 60 * 60;

/** A new instance: everything on that needs no outside service. */
export function defaultSettings(): Settings {
  return {
    testMode: true,
    hibp: false,
    supportEmail: '',
    clerkJsVersion: '',
    developmentOrigin: '',
    allowedOrigins: [],
    urlBasedSessionSyncing: true,
    homeUrl: '',
    fromEmailAddress: 'noreply',
    progressiveSignUp: true,
    enhancedEmailDeliverability: false,
    restrictions: {
      allowlist: false,
      blocklist: false,
      allowlistBlocklistDisabledOnSignIn: false,
      blockEmailSubaddresses: false,
      blockDisposableEmailDomains: false,
      ignoreDotsForGmailAddresses: false,
    },
    protect: { rulesEnabled: false, specterEnabled: false },
    oauth: { dynamicClientRegistration: false, jwtAccessTokens: false },
    organizations: {
      enabled: true,
      maxAllowedMemberships: 5,
      maxAllowedRoles: 10,
      maxRoleSetsAllowed: 10,
      maxAllowedPermissions: 50,
      creatorRole: 'org:admin',
      adminDeleteEnabled: true,
      domainsEnabled: true,
      slugDisabled: false,
      domainsEnrollmentModes: ['manual_invitation', 'automatic_invitation', 'automatic_suggestion'],
      domainsDefaultRole: 'org:member',
      initialRoleSetKey: 'role_set:default',
    },
    webhooks: { enabled: false, endpoints: [] },
    sessions: { tokenLifetime: 60, lifetime: 7 * day, abandonAfter: 30 * day },
    lockout: { maxAttempts: 100, duration: 60 * 60 },
  };
}
