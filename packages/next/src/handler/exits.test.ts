import { notFound, redirect } from 'next/navigation.js';
import { expect, it } from 'vitest';
import { NO_PATCH } from '../../../core/src/response-patch.ts';
import { HANDLER_EXITS } from './exits.ts';

function digestOf(run: () => never): unknown {
  try {
    return run();
  } catch (error) {
    return (error as { digest?: unknown }).digest;
  }
}

it('throws what Next’s own functions throw', () => {
  for (const url of ['/a', 'https://else.test/?x=1;2']) {
    expect(digestOf(() => HANDLER_EXITS.redirect(url))).toBe(digestOf(() => redirect(url)));
  }
  expect(digestOf(() => HANDLER_EXITS.refuse(404, NO_PATCH))).toBe(digestOf(() => notFound()));
});
