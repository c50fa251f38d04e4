import type { RequestView } from './request-view.ts';

/**
 * Whether a browser asks what a cross-origin request may do (Fetch standard, CORS preflight). It sends no credentials then, so
 * that a guard has nothing to judge.
 */
export function isPreflight(view: RequestView): boolean {
  return (
    view.method === 'OPTIONS' &&
    view.header('origin') !== undefined &&
    view.header('access-control-request-method') !== undefined
  );
}
