import type { Context } from '../context.ts';
import { readSettings } from '../store/settings.ts';

/** What a visitor is known by. */
export interface Identification {
  readonly emailAddress?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly web3Wallet?: string | undefined;
}

/** What the visitor is about to do. Who was invited to sign up need not be on the allow list. */
export type RestrictedAct = 'sign-in' | 'sign-up' | 'invited-sign-up';

/**
 * Whether the instance's restrictions let somebody in: the block list and the ban on subaddresses first, then the allow list. An
 * entry is an address, a number, a wallet, or for addresses `*@domain`.
 */
export async function isAllowedIn(context: Context, who: Identification, act: RestrictedAct): Promise<boolean> {
  const { restrictions } = await readSettings(context.db);
  if (act === 'sign-in' && restrictions.allowlistBlocklistDisabledOnSignIn) return true;
  const names = spellings(who, restrictions.ignoreDotsForGmailAddresses);
  if (act !== 'sign-in' && restrictions.blockEmailSubaddresses && /[+=#].*@/.test(who.emailAddress ?? '')) return false;
  if (names.length === 0) return !restrictions.allowlist;
  if (restrictions.blocklist && (await isListed(context, 'blocklist_identifiers', names))) return false;
  return !restrictions.allowlist || act === 'invited-sign-up' || isListed(context, 'allowlist_identifiers', names);
}

async function isListed(
  { db }: Context,
  table: 'allowlist_identifiers' | 'blocklist_identifiers',
  names: readonly string[],
): Promise<boolean> {
  const row = await db.selectFrom(table).select('id').where('identifier', 'in', names).executeTakeFirst();
  return row !== undefined;
}

function spellings({ emailAddress, phoneNumber, web3Wallet }: Identification, ignoreDots: boolean): string[] {
  const names = [phoneNumber, web3Wallet].filter((name) => name !== undefined);
  if (emailAddress === undefined) return names;
  const [local = '', domain = ''] = emailAddress.split('@');
  names.push(emailAddress, `*@${domain}`);
  if (ignoreDots && (domain === 'gmail.com' || domain === 'googlemail.com'))
    names.push(`${local.replaceAll('.', '')}@${domain}`);
  return names;
}
