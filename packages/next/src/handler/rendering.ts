import { cache } from 'react';

const probe = cache(() => ({}));

/** Whether server components are being rendered: only there does React remember what was computed before. */
export function isRendering(): boolean {
  const first = probe();
  return first === probe();
}
