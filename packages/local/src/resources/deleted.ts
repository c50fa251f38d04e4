import type { DeletedObject } from '../contract/wire.generated.ts';

/** What a deletion is answered with. */
export function toDeleted(
  object: string,
  id: string,
  more: Pick<DeletedObject, 'slug' | 'external_id'> = {},
): DeletedObject {
  return { object, id, ...more, deleted: true };
}
