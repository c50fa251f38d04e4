import type { SessionAuth } from '../auth/auth-object.ts';
import type { Organization, Session, User } from '../backend/index.ts';
import { type ClerkOptions, createClerkClient } from './clerk-client.ts';

/** What {@link decorateObjectWithResources} loads. */
export interface DecorateOptions extends ClerkOptions {
  readonly loadSession?: boolean;
  readonly loadUser?: boolean;
  readonly loadOrganization?: boolean;
}

interface Resources {
  readonly session?: Session | undefined;
  readonly user?: User | null | undefined;
  readonly organization?: Organization | null | undefined;
}

/**
 * Loads what the options name of the session, its user and its organisation, and assigns it to an object, without private
 * metadata.
 * @throws ClerkAPIResponseError
 */
export async function decorateObjectWithResources<Target extends object>(
  target: Target,
  { sessionId, userId, orgId }: Pick<SessionAuth, 'sessionId' | 'userId' | 'orgId'>,
  { loadSession, loadUser, loadOrganization, ...options }: DecorateOptions,
): Promise<Target & Resources> {
  const { sessions, users, organizations } = createClerkClient(options);
  const [session, user, organization] = await Promise.all([
    loadSession && sessionId ? sessions.getSession(sessionId) : undefined,
    loadUser && userId ? users.getUser(userId) : undefined,
    loadOrganization && orgId ? organizations.getOrganization({ organizationId: orgId }) : undefined,
  ]);
  return Object.assign(target, stripPrivateDataFromObject({ session, user, organization }));
}

/** A copy in which `user` and `organization` lack their private metadata, by either spelling and at any depth. */
export function stripPrivateDataFromObject<Holder extends object>(holder: Holder): Holder {
  const copy = { ...holder } as Record<string, unknown>;
  for (const name of ['user', 'organization']) {
    if (copy[name]) copy[name] = withoutPrivateMetadata(copy[name]);
  }
  return copy as Holder;
}

const PRIVATE: ReadonlySet<string> = new Set(['privateMetadata', 'private_metadata']);

function withoutPrivateMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrivateMetadata);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const copy = {};
  // The wire form of a resource is there, but is not enumerable; it stays so.
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (PRIVATE.has(name)) continue;
    const member = withoutPrivateMetadata((value as Record<string, unknown>)[name]);
    Object.defineProperty(copy, name, {
      value: member,
      enumerable: descriptor.enumerable ?? false,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}
