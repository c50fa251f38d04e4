import { expect, onTestFinished, test } from 'vitest';
import { guardLogger } from './logger.ts';

test('passes on what it is told, as a method of the logger', () => {
  const lines: string[] = [];
  class Prefixed {
    readonly prefix = 'auth: ';
    warn(message: string): void {
      lines.push(this.prefix + message);
    }
  }
  guardLogger(new Prefixed()).warn('x');
  expect(lines).toEqual(['auth: x']);
});

test('a logger without debug() is told nothing of it', () => {
  expect(() => guardLogger({ warn: () => {} }).debug?.('x', {})).not.toThrow();
});

test.each<[what: string, write: () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('disk full');
    },
  ],
  [
    'rejects',
    async () => {
      throw new Error('disk full');
    },
  ],
])('SC-098 a logger that %s disturbs nobody', async (_what, write) => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listen);
  onTestFinished(() => {
    process.off('unhandledRejection', listen);
  });
  const logger = guardLogger({ warn: write as () => void, debug: write as () => void });
  expect(() => logger.warn('x')).not.toThrow();
  expect(() => logger.debug?.('x', {})).not.toThrow();
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
});
