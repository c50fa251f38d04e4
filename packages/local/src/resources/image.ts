import type { Instance } from '../instance.ts';

/** Where an image is served: an uploaded one, or the drawn one that stands in for it. */
export function imageUrl(instance: Instance, imageId: string | null, ownerId: string): string {
  return `${instance.url}/images/${imageId ?? `default-${ownerId}`}`;
}
