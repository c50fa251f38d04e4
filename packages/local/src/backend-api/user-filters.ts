import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import { badRequest } from '../api-error.ts';
import type { Schema } from '../store/schema.generated.ts';
import { contains, readSigned } from './list.ts';

/** The parameters by which users and members are filtered. */
export interface UserFilters {
  readonly email_address?: readonly string[] | undefined;
  readonly phone_number?: readonly string[] | undefined;
  readonly external_id?: readonly string[] | undefined;
  readonly username?: readonly string[] | undefined;
  readonly web3_wallet?: readonly string[] | undefined;
  readonly user_id?: readonly string[] | undefined;
  readonly organization_id?: readonly string[] | undefined;
  readonly query?: string | undefined;
  readonly email_address_query?: string | undefined;
  readonly phone_number_query?: string | undefined;
  readonly username_query?: string | undefined;
  readonly name_query?: string | undefined;
  readonly banned?: boolean | undefined;
  readonly last_active_at_before?: number | undefined;
  readonly last_active_at_after?: number | undefined;
  readonly last_active_at_since?: number | undefined;
  readonly created_at_before?: number | undefined;
  readonly created_at_after?: number | undefined;
  readonly last_sign_in_at_before?: number | undefined;
  readonly last_sign_in_at_after?: number | undefined;
  readonly provider?: string | undefined;
  readonly provider_user_id?: readonly string[] | undefined;
}

type Condition = ExpressionWrapper<Schema, 'users', SqlBool>;

const fullName = sql<string>`coalesce(users.first_name, '') || ' ' || coalesce(users.last_name, '')`;

/**
 * The conditions of a query over `users`. Filters narrow each other; the values of one filter widen it.
 *
 * @throws {ApiError} 400 when one of `provider` and `provider_user_id` is given without the other.
 */
export function userConditions(eb: ExpressionBuilder<Schema, 'users'>, filters: UserFilters): Condition {
  const all: Condition[] = [];
  const among = (
    table: 'email_addresses' | 'phone_numbers' | 'web3_wallets',
    column: string,
    values: readonly string[] | undefined,
  ) => {
    if (values === undefined) return;
    all.push(eb('users.id', 'in', eb.selectFrom(table).select('user_id').where(sql.ref<string>(column), 'in', values)));
  };
  among(
    'email_addresses',
    'email_address',
    filters.email_address?.map((value) => value.toLowerCase()),
  );
  among('phone_numbers', 'phone_number', filters.phone_number);
  among(
    'web3_wallets',
    'web3_wallet',
    filters.web3_wallet?.map((value) => (value.startsWith('0x') ? value.toLowerCase() : value)),
  );
  if (filters.username !== undefined) {
    const names = filters.username.map((value) => value.toLowerCase());
    all.push(eb('users.username_key', 'in', names));
  }
  for (const [column, values] of [
    ['users.external_id', filters.external_id],
    ['users.id', filters.user_id],
  ] as const) {
    if (values === undefined) continue;
    const { included, excluded } = readSigned(values);
    if (included.length > 0) all.push(eb(column, 'in', included));
    if (excluded.length > 0) all.push(eb.or([eb(column, 'is', null), eb(column, 'not in', excluded)]));
  }
  if (filters.organization_id !== undefined) {
    const { included, excluded } = readSigned(filters.organization_id);
    const membersOf = (ids: readonly string[]) =>
      eb.selectFrom('organization_memberships').select('user_id').where('organization_id', 'in', ids);
    if (included.length > 0) all.push(eb('users.id', 'in', membersOf(included)));
    if (excluded.length > 0) all.push(eb('users.id', 'not in', membersOf(excluded)));
  }

  const emailContains = (text: string) =>
    eb('users.id', 'in', eb.selectFrom('email_addresses').select('user_id').where(contains('email_address', text)));
  const phoneContains = (text: string) =>
    eb('users.id', 'in', eb.selectFrom('phone_numbers').select('user_id').where(contains('phone_number', text)));
  const walletContains = (text: string) =>
    eb('users.id', 'in', eb.selectFrom('web3_wallets').select('user_id').where(contains('web3_wallet', text)));
  const nameContains = (text: string) => {
    const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    return sql<boolean>`lower(${fullName}) like ${pattern} escape '\\'`;
  };
  if (filters.query !== undefined && filters.query !== '') {
    const { query } = filters;
    all.push(
      eb.or([
        emailContains(query),
        phoneContains(query),
        walletContains(query),
        contains('users.username', query),
        contains('users.id', query),
        nameContains(query),
      ]),
    );
  }
  if (filters.email_address_query) all.push(emailContains(filters.email_address_query));
  if (filters.phone_number_query) all.push(phoneContains(filters.phone_number_query));
  if (filters.username_query) all.push(eb.and([contains('users.username', filters.username_query)]));
  if (filters.name_query) all.push(eb.and([nameContains(filters.name_query)]));

  if (filters.banned !== undefined) all.push(eb('users.banned', '=', filters.banned ? 1 : 0));
  const times = [
    ['users.last_active_at', '<', filters.last_active_at_before],
    ['users.last_active_at', '>', filters.last_active_at_after],
    ['users.last_active_at', '>=', filters.last_active_at_since],
    ['users.created_at', '<', filters.created_at_before],
    ['users.created_at', '>', filters.created_at_after],
    ['users.last_sign_in_at', '<', filters.last_sign_in_at_before],
    ['users.last_sign_in_at', '>', filters.last_sign_in_at_after],
  ] as const;
  for (const [column, operator, value] of times) {
    if (value !== undefined) all.push(eb(column, operator, value));
  }

  const { provider, provider_user_id } = filters;
  if ((provider === undefined) !== (provider_user_id === undefined)) {
    const missing = provider === undefined ? 'provider' : 'provider_user_id';
    throw badRequest('form_param_missing', 'provider and provider_user_id go together.', missing);
  }
  if (provider !== undefined && provider_user_id !== undefined) {
    all.push(
      eb(
        'users.id',
        'in',
        eb
          .selectFrom('external_accounts')
          .select('user_id')
          .where('provider', '=', provider)
          .where('provider_user_id', 'in', provider_user_id),
      ),
    );
  }
  return eb.and(all);
}
