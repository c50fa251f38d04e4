// Compiled with the tests, never run.
import { expectTypeOf } from 'vitest';
import type {
  ApiKeyWithSecret,
  BackendClient,
  BackendErrorCode,
  CreateUserParams,
  DeletedObject,
  Invitation,
  Organization,
  OrganizationMembership,
  Page,
  SessionCookies,
  SessionToken,
  Template,
  User,
  UserJSON,
} from './index.ts';
import { BackendError, createResourceClient, paginate } from './index.ts';
import { users } from './resources.ts';

declare const backend: BackendClient;
const file = new Blob();

// Results have the declared types.
expectTypeOf(await backend.users.getUser('user_1')).toEqualTypeOf<User>();
expectTypeOf(await backend.users.getUserList()).toEqualTypeOf<Page<User>>();
expectTypeOf(await backend.users.getCount()).toEqualTypeOf<number>();
expectTypeOf(await backend.users.deleteUser('user_1')).toEqualTypeOf<DeletedObject>();
expectTypeOf(await backend.users.banUsers({ userIds: [] })).toEqualTypeOf<User[]>();
expectTypeOf(await backend.invitations.createInvitationBulk([])).toEqualTypeOf<Invitation[]>();
expectTypeOf(await backend.organizations.getOrganization({ slug: 'acme' })).toEqualTypeOf<Organization>();
expectTypeOf(await backend.instance.update({ testMode: null })).toEqualTypeOf<void>();
expectTypeOf(await backend.interstitial.getInterstitial()).toEqualTypeOf<string>();
expectTypeOf(await backend.templates.getTemplateList('sms')).toEqualTypeOf<Page<Template>>();
expectTypeOf(await backend.apiKeys.create({ name: 'a', subject: 'user_1' })).toEqualTypeOf<ApiKeyWithSecret>();
expectTypeOf(await backend.clients.getHandshakePayload({ nonce: 'n' })).toEqualTypeOf<{ directives: string[] }>();
expectTypeOf(
  await backend.sessions.refreshSession('sess_1', { expiredToken: 'e', refreshToken: 'r', requestOrigin: 'o' }),
).toEqualTypeOf<SessionToken | SessionCookies>();

// Fields are as the contract declares them.
expectTypeOf<User['object']>().toEqualTypeOf<'user'>();
expectTypeOf<User['firstName']>().toEqualTypeOf<string | null>();
expectTypeOf<User['fullName']>().toEqualTypeOf<string | null>();
expectTypeOf<User['createdAt']>().toEqualTypeOf<number>();
expectTypeOf<User['publicMetadata']>().toEqualTypeOf<Record<string, unknown>>();
expectTypeOf<User['organizationMemberships']>().toEqualTypeOf<OrganizationMembership[]>();
expectTypeOf<User['raw']>().toEqualTypeOf<UserJSON>();
expectTypeOf<UserJSON['first_name']>().toEqualTypeOf<string | null>();
expectTypeOf<ApiKeyWithSecret['claims']>().toEqualTypeOf<unknown>();
expectTypeOf<Organization['membersCount']>().toEqualTypeOf<number | undefined>();

// No declared type is `any`, however deep; `unknown` is what nobody declares.
type IsAny<T> = 0 extends 1 & T ? true : false;
type AnyWithin<T, Depth extends 0[] = []> =
  IsAny<T> extends true
    ? true
    : Depth['length'] extends 4
      ? false
      : T extends (infer Item)[]
        ? AnyWithin<Item, [...Depth, 0]>
        : T extends object
          ? true extends { [Key in keyof T]-?: AnyWithin<T[Key], [...Depth, 0]> }[keyof T]
            ? true
            : false
          : false;
type ResultOf<Method> = Method extends (...args: never[]) => Promise<infer Result> ? Result : never;
type MethodsWithAny = {
  [Resource in keyof BackendClient]: {
    [Name in keyof BackendClient[Resource]]: true extends AnyWithin<ResultOf<BackendClient[Resource][Name]>>
      ? Name
      : never;
  }[keyof BackendClient[Resource]];
}[keyof BackendClient];
expectTypeOf<MethodsWithAny>().toEqualTypeOf<never>();
expectTypeOf<AnyWithin<{ a: { b: ReturnType<JSON['parse']> }[] }>>().toEqualTypeOf<true>();

// Right arguments compile.
backend.users.createUser({ createdAt: new Date(), passwordHasher: 'bcrypt', createOrganizationsLimit: 0 });
backend.users.createUser({ passwordHasher: 'one_that_comes_later' });
backend.users.updateUser('user_1', { primaryEmailAddressID: 'idn_1' });
backend.users.updateUser('user_1', { primaryEmailAddressId: 'idn_1', firstName: undefined });
backend.users.getUserList({ orderBy: '-created_at', emailAddress: ['a@b.test'], limit: 0 });
backend.users.getUser('user_1', { signal: new AbortController().signal, timeoutMs: 100 });
backend.users.updateUserProfileImage('user_1', { file });
backend.domains.add({ name: 'a.test', isSatellite: true });
backend.domains.add({ name: 'a.test', is_satellite: true });
backend.organizations.getOrganizationDomainList({ organizationId: 'org_1', verified: true });
backend.organizations.getOrganizationInvitationList({ organizationId: 'org_1', status: 'pending' });
backend.sessions.getToken('sess_1', undefined, 60, { timeoutMs: 100 });
backend.m2m.createToken({ claims: null, machineSecretKey: 'ak_1' });
backend.sessions.refreshSession('sess_1', { expired_token: 'e', refresh_token: 'r', request_origin: 'o' });
backend.actorTokens.create({ userId: 'user_1', actor: { sub: 'user_2', reason: 'support' } });

// Wrong names do not.
// @ts-expect-error no such method
backend.users.getUsers();
// @ts-expect-error no such resource
backend.people.getUser('user_1');
// @ts-expect-error a wire name
backend.users.createUser({ first_name: 'A' });
// @ts-expect-error a typo
backend.users.getUserList({ limt: 5 });
// @ts-expect-error a typo beside a right name
backend.users.getUserList({ limit: 5, bannd: true });
// @ts-expect-error a typo in the options
backend.users.getUser('user_1', { timeout: 100 });
// @ts-expect-error no such field
(await backend.users.getUser('user_1')).first_name;

// Wrong types do not.
// @ts-expect-error a number for an id
backend.users.getUser(1);
// @ts-expect-error no id
backend.users.getUser();
// @ts-expect-error a text for a number
backend.users.getUserList({ limit: '5' });
// @ts-expect-error one value for several
backend.users.getUserList({ emailAddress: 'a@b.test' });
// @ts-expect-error null where the contract has none
backend.users.updateUser('user_1', { firstName: null });
// @ts-expect-error a text for a file
backend.users.updateUserProfileImage('user_1', { file: 'png' });
// @ts-expect-error an object for an array
backend.invitations.createInvitationBulk({ emailAddress: 'a@b.test' });
// @ts-expect-error metadata that is no object
backend.users.updateUserMetadata('user_1', { publicMetadata: 'x' });

// Missing parameters do not.
// @ts-expect-error without the role
backend.organizations.createOrganizationMembership({ organizationId: 'org_1', userId: 'user_1' });
// @ts-expect-error without the organization
backend.organizations.getOrganizationMembershipList({});
// @ts-expect-error neither id nor slug
backend.organizations.getOrganization({});
// @ts-expect-error both id and slug
backend.organizations.getOrganization({ organizationId: 'org_1', slug: 'acme' });
// @ts-expect-error neither spelling
backend.domains.add({ name: 'a.test' });

// Wrong values of enumerations do not.
// @ts-expect-error
backend.templates.getTemplateList('fax');
// @ts-expect-error
backend.users.getUserList({ orderBy: 'age' });
// @ts-expect-error
backend.sessions.getSessionList({ status: 'asleep' });
// @ts-expect-error
backend.billing.adjustUserCreditBalance('user_1', { amount: 1, action: 'double', idempotencyKey: 'k' });
// @ts-expect-error
backend.organizations.getOrganizationInvitationList({ organizationId: 'org_1', status: ['lost'] });

// Pages are walked by their rows; parameters are those of the method.
expectTypeOf(paginate(backend.users.getUserList, { limit: 500 })).toEqualTypeOf<
  AsyncGenerator<User, void, undefined>
>();
expectTypeOf(
  paginate((params, options) => backend.templates.getTemplateList('email', params, options), { limit: 10 }),
).toEqualTypeOf<AsyncGenerator<Template, void, undefined>>();
paginate(backend.organizations.getOrganizationMembershipList, { organizationId: 'org_1' });
// @ts-expect-error a parameter that the method has not
paginate(backend.users.getUserList, { limit: 500, bannd: true });
// @ts-expect-error a parameter that the method requires
paginate(backend.organizations.getOrganizationMembershipList, { limit: 500 });
// @ts-expect-error a method that answers no page
paginate(backend.users.getCount, {});

// A resource can be had alone, with its own methods only.
const onlyUsers = createResourceClient(users);
expectTypeOf(onlyUsers).toEqualTypeOf<BackendClient['users']>();

// Errors narrow by their code.
declare const error: unknown;
if (error instanceof BackendError) {
  expectTypeOf(error.code).toEqualTypeOf<BackendErrorCode>();
  expectTypeOf(error.status).toEqualTypeOf<number | undefined>();
}
expectTypeOf<NonNullable<CreateUserParams['publicMetadata']>>().toEqualTypeOf<Record<string, unknown>>();
