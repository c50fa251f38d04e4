type Resource = Record<string, unknown>;

/** Adds the properties that follow from others, by the resource's tag. Their types are in the generator's rules. */
export function addComputed(tag: string, resource: Resource): void {
  if (tag === 'user') addUserProperties(resource);
  else if (tag === 'oauth_application') resource.isPublic = resource.public;
  else if ('providerUserId' in resource && tag.endsWith('_account')) resource.externalId = resource.providerUserId;
}

function addUserProperties(user: Resource): void {
  user.fullName = [user.firstName, user.lastName].filter(Boolean).join(' ') || null;
  user.primaryEmailAddress = findById(user.emailAddresses, user.primaryEmailAddressId);
  user.primaryPhoneNumber = findById(user.phoneNumbers, user.primaryPhoneNumberId);
  user.primaryWeb3Wallet = findById(user.web3Wallets, user.primaryWeb3WalletId);
}

function findById(rows: unknown, id: unknown): unknown {
  return Array.isArray(rows) ? (rows.find((row: Resource) => row.id === id) ?? null) : null;
}
