import { generateKeyPair, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { cacheFolder, makePrivate } from '../private-folder.ts';

/** Keys that wait in the folder when it is full. */
const capacity = 32;

/** How long after a start the folder is topped up: not at once, which would slow the start. */
const refillDelayInMs = 1_000;

/**
 * A signing key for a new instance: RSA-2048, PKCS #8 PEM.
 *
 * Making one takes 100 ms and more, longer than all the rest of a start. So keys are made ahead, in a folder of the user's
 * cache that nobody else can read; each is taken once and removed. When there is none, one is made on the spot. So it is where
 * others can write to that folder: they may know the keys in it.
 */
export async function takeSigningKey(folder: string = cacheFolder('signing-keys')): Promise<string> {
  if (!makePrivate(folder)) return generate();
  const key = takeFrom(folder);
  refillLater(folder);
  return key ?? generate();
}

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * The key that all test backends of this user share: a fresh backend then costs no key. Their tokens differ by issuer and key
 * id; where nothing but the signature is checked, they accept each other's.
 */
export async function sharedTestKey(folder: string = cacheFolder('signing-keys')): Promise<string> {
  if (!makePrivate(folder)) return generate();
  const path = join(folder, 'shared-test-key');
  if (!existsSync(path)) {
    const own = `${path}.${randomUUID()}`;
    writeFileSync(own, takeFrom(folder) ?? (await generate()), { mode: 0o600 });
    try {
      // The first to link it wins, and nobody ever reads half a key.
      linkSync(own, path);
    } catch {
      // Somebody else was quicker: the key is theirs.
    } finally {
      rmSync(own, { force: true });
    }
  }
  return readFileSync(path, 'utf8');
}

function takeFrom(folder: string): string | undefined {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.pem')) continue;
    const mine = join(folder, `${name}.taken`);
    try {
      // A rename succeeds for one taker only, within this process and across processes.
      renameSync(join(folder, name), mine);
      return readFileSync(mine, 'utf8');
    } catch {
      // Somebody else was quicker: try the next.
    } finally {
      rmSync(mine, { force: true });
    }
  }
  return undefined;
}

/** Makes keys until so many wait, and answers when they do. For installers; a start needs none of it. */
export async function fillKeyPool(
  count: number = capacity,
  folder: string = cacheFolder('signing-keys'),
): Promise<void> {
  if (!makePrivate(folder)) return;
  await new Promise((resolve) => startRefill(folder, count).on('exit', resolve));
}

function refillLater(folder: string): void {
  // The process waits for neither.
  setTimeout(() => startRefill(folder, capacity).unref(), refillDelayInMs).unref();
}

function startRefill(folder: string, count: number): Worker {
  const worker = new Worker(refillSource, { eval: true, workerData: { folder, capacity: count } });
  // Without a pool a start is slower, nothing else.
  worker.on('error', () => {});
  return worker;
}

/**
 * Runs in a thread, as text so that it needs no file of its own in any build. Several processes may fill at once: each
 * looks before each key, so they share the work.
 */
const refillSource = `
const { generateKeyPairSync, randomUUID } = require('node:crypto');
const { readdirSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { folder, capacity } = require('node:worker_threads').workerData;
const waiting = () => readdirSync(folder).filter((name) => name.endsWith('.pem')).length;
while (waiting() < capacity) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const path = join(folder, randomUUID());
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(path, path + '.pem');
}
`;
