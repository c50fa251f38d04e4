import type { Context } from '../context.ts';
import { readUser } from '../resources/user.ts';

/** What a client learns of a user by the scopes that the user granted (OpenID Connect Core section 5.4). */
export async function userClaims(
  context: Context,
  userId: string,
  scopes: readonly string[],
): Promise<Record<string, unknown>> {
  const user = await readUser(context, userId);
  const email = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return {
    sub: user.id,
    ...(scopes.includes('profile') && {
      name: name === '' ? null : name,
      given_name: user.first_name,
      family_name: user.last_name,
      preferred_username: user.username,
      picture: user.image_url,
      updated_at: Math.floor(user.updated_at / 1000),
    }),
    ...(scopes.includes('email') && {
      email: email?.email_address ?? null,
      email_verified: email?.verification?.status === 'verified',
    }),
    ...(scopes.includes('public_metadata') && { public_metadata: user.public_metadata }),
    ...(scopes.includes('private_metadata') && { private_metadata: user.private_metadata }),
  };
}
