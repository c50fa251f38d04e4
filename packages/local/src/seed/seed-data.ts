/**
 * Data to begin with. Things refer to each other by what a person would write: users by e-mail address, user name or id,
 * organizations by slug or id, machines and OAuth applications by name, roles by key.
 */
export interface SeedData {
  readonly users?: readonly SeedUser[] | undefined;
  readonly permissions?: readonly SeedPermission[] | undefined;
  readonly roles?: readonly SeedRole[] | undefined;
  readonly organizations?: readonly SeedOrganization[] | undefined;
  readonly machines?: readonly SeedMachine[] | undefined;
  readonly apiKeys?: readonly SeedApiKey[] | undefined;
  readonly oauthApplications?: readonly SeedOAuthApplication[] | undefined;
  readonly jwtTemplates?: readonly SeedJwtTemplate[] | undefined;
  readonly plans?: readonly SeedPlan[] | undefined;
  readonly subscriptions?: readonly SeedSubscription[] | undefined;
}

export interface SeedUser {
  /** `user_…`; made up when absent. */
  readonly id?: string | undefined;
  readonly externalId?: string | undefined;
  readonly username?: string | undefined;
  /** One address or several, the first of them primary. They count as verified. */
  readonly email?: string | readonly string[] | undefined;
  /** E.164. */
  readonly phone?: string | readonly string[] | undefined;
  /** Stored hashed. Not held to the length that the API asks for. */
  readonly password?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly banned?: boolean | undefined;
  readonly publicMetadata?: Readonly<Record<string, unknown>> | undefined;
  readonly privateMetadata?: Readonly<Record<string, unknown>> | undefined;
  readonly unsafeMetadata?: Readonly<Record<string, unknown>> | undefined;
}

export interface SeedPermission {
  /** `org:<feature>:<action>` */
  readonly key: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

export interface SeedRole {
  /** `org:<role>`. The key of an existing role adds permissions to it. */
  readonly key: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Keys of permissions; those unknown so far are made. */
  readonly permissions?: readonly string[] | undefined;
}

export interface SeedOrganization {
  /** `org_…`; made up when absent. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly slug?: string | undefined;
  /** 0 means no limit. */
  readonly maxAllowedMemberships?: number | undefined;
  readonly members?: readonly { readonly user: string; readonly role?: string | undefined }[] | undefined;
  readonly publicMetadata?: Readonly<Record<string, unknown>> | undefined;
  readonly privateMetadata?: Readonly<Record<string, unknown>> | undefined;
}

export interface SeedMachine {
  readonly id?: string | undefined;
  readonly name: string;
  /** Names of machines that it may call. */
  readonly scopes?: readonly string[] | undefined;
  /** `ak_…`; made up when absent. */
  readonly secretKey?: string | undefined;
  /** Seconds; 3600 by default. */
  readonly defaultTokenTtl?: number | undefined;
}

export interface SeedApiKey {
  readonly name: string;
  /** A user or an organization. */
  readonly subject: string;
  /** `ak_…`; made up when absent. */
  readonly secret?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  readonly expiresInSeconds?: number | undefined;
}

export interface SeedOAuthApplication {
  readonly id?: string | undefined;
  readonly name: string;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  /** Separated by spaces; `profile email` by default. */
  readonly scopes?: string | undefined;
  readonly public?: boolean | undefined;
  readonly pkceRequired?: boolean | undefined;
  readonly consentScreenEnabled?: boolean | undefined;
}

export interface SeedJwtTemplate {
  readonly name: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds; 60 by default. */
  readonly lifetime?: number | undefined;
}

export interface SeedPlan {
  readonly name: string;
  /** What `has({ plan })` asks for. */
  readonly slug: string;
  /** Who can choose it. */
  readonly payerType: 'user' | 'org';
  /** Cents a month. */
  readonly amount: number;
  /** Cents a month when billed yearly. */
  readonly annualMonthlyAmount?: number | undefined;
  /** USD by default. */
  readonly currency?: string | undefined;
  readonly description?: string | undefined;
  readonly freeTrialDays?: number | undefined;
  /** Slugs of the features it brings. */
  readonly features?: readonly string[] | undefined;
}

export interface SeedSubscription {
  /** A user or an organization. */
  readonly payer: string;
  /** Slug of a plan. */
  readonly plan: string;
  /** `month` by default. */
  readonly period?: 'month' | 'annual' | undefined;
  /** Whether it begins with the plan's free trial. Default `false`. */
  readonly trial?: boolean | undefined;
}
