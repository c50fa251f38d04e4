import { ApiError, badRequest, invalidParam } from '../api-error.ts';
import type { Context } from '../context.ts';
import { announceUserUpdate } from '../resources/announce-user-update.ts';
import { announceOrganizationUpdate, findOrganization } from '../resources/find-organization.ts';
import { findUser } from '../resources/user.ts';
import type { Handlers } from './handler.ts';

/** Largest image in bytes. */
const largestImage = 10 * 1024 * 1024;

/** First bytes of the formats that are taken; what the request calls the file proves nothing. */
const formats: readonly { readonly type: string; readonly magic: readonly number[]; readonly at?: number }[] = [
  { type: 'image/png', magic: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', magic: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', magic: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', magic: [0x57, 0x45, 0x42, 0x50], at: 8 },
];

export const images = {
  async 'users.updateUserProfileImage'(context, { path, body }) {
    const user = await findUser(context, path.user_id);
    const imageId = await storeImage(context, body.file);
    await replaceImage(context, 'users', user.id, user.image_id, imageId);
    return announceUserUpdate(context, user.id);
  },

  async 'users.deleteUserProfileImage'(context, { path }) {
    const user = await findUser(context, path.user_id);
    await replaceImage(context, 'users', user.id, user.image_id, null);
    return announceUserUpdate(context, user.id);
  },

  async 'organizations.updateOrganizationLogo'(context, { path, body }) {
    const organization = await findOrganization(context, path.organization_id);
    if (body.uploader_user_id !== undefined) await findUser(context, body.uploader_user_id);
    const imageId = await storeImage(context, body.file);
    await replaceImage(context, 'organizations', organization.id, organization.image_id, imageId);
    return announceOrganizationUpdate(context, organization.id);
  },

  async 'organizations.deleteOrganizationLogo'(context, { path }) {
    const organization = await findOrganization(context, path.organization_id);
    await replaceImage(context, 'organizations', organization.id, organization.image_id, null);
    return announceOrganizationUpdate(context, organization.id);
  },
} satisfies Partial<Handlers>;

async function storeImage({ db, clock, ids }: Context, file: File): Promise<string> {
  if (file.size === 0) throw badRequest('form_param_missing', 'file must not be empty.', 'file');
  if (file.size > largestImage) {
    throw new ApiError(413, [
      { code: 'image_too_large', message: 'The image must not be larger than 10 MB.', meta: { param_name: 'file' } },
    ]);
  }
  const bytes = Buffer.from(await file.arrayBuffer());
  const format = formats.find(({ magic, at = 0 }) => magic.every((byte, index) => bytes[at + index] === byte));
  if (format === undefined) throw invalidParam('file', 'must be a PNG, JPEG, GIF or WebP image.');
  const id = ids.create('img');
  await db
    .insertInto('images')
    .values({ id, content_type: format.type, base64: bytes.toString('base64'), created_at: clock.now() })
    .execute();
  return id;
}

async function replaceImage(
  { db, clock }: Context,
  table: 'users' | 'organizations',
  ownerId: string,
  before: string | null,
  after: string | null,
): Promise<void> {
  await db.updateTable(table).set({ image_id: after, updated_at: clock.now() }).where('id', '=', ownerId).execute();
  if (before !== null) await db.deleteFrom('images').where('id', '=', before).execute();
}
