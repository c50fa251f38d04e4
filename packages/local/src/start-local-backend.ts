import type { Hono } from 'hono';
import { type Clock, createClock } from './clock.ts';
import { consoleUrl } from './console/console-url.ts';
import { type Context, createContext } from './context.ts';
import { type Controls, createControls, type ServerControls } from './control/create-controls.ts';
import { LocalBackendError } from './errors.ts';
import { createIds } from './ids.ts';
import { addressInUse, createInstance, loadInstance, type StoredInstance, settleInstance } from './instance.ts';
import { createSealer } from './issuing/secrets.ts';
import { createSigningKey } from './issuing/signing-key.ts';
import { createMint, type Mint } from './mint.ts';
import { assertOptions, type LocalBackendOptions } from './options.ts';
import { applySeed, type SeedResult } from './seed/apply-seed.ts';
import type { SeedData } from './seed/seed-data.ts';
import { createApp } from './server/app.ts';
import { JsonAnswer } from './server/json-answer.ts';
import { type Listener, listen } from './server/listen.ts';
import { showLocation } from './store/location.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { isUnavailable } from './store/store-errors.ts';
import { createWebhooks, type Webhooks } from './webhooks/create-webhooks.ts';

/** A running backend. */
export interface LocalBackend {
  /**
   * Where it answers, without a slash at the end: the Backend API's `apiUrl`, and the frontend API of the publishable key.
   * Where several processes share a database, the publishable key is that of the first of them.
   */
  readonly url: string;
  /** Answers in process, without a socket; takes a path as well as a full URL. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly secretKey: string;
  readonly publishableKey: string;
  /** Public key of its tokens, PEM (SPKI), for verification without the network. */
  readonly jwtKey: string;
  /** `ins_…`, also the `kid` of its tokens. */
  readonly instanceId: string;
  /** Its time, for tests to move and stop. */
  readonly clock: Clock;
  /** Tokens of every kind. */
  readonly mint: Mint;
  /** Its services, for our own pages and tools. Not covered by semantic versioning. */
  readonly context: Context;
  /**
   * Stores users, organizations and keys.
   *
   * @throws {LocalBackendError} `seed-invalid`, saying where the data is at fault; nothing is stored then.
   */
  seed(data: SeedData): Promise<SeedResult>;
  /** What the option `seed` has made; undefined without it, or when the database was not new. */
  readonly seeded: SeedResult | undefined;
  /** What a test wants of it: faults, limits, snapshots, the requests it got. */
  readonly controls: Controls;
  /** Opens the console in a browser. It holds a key: whoever has it sees all data. */
  readonly consoleUrl: string;
  /** Where its events are sent. */
  readonly webhooks: Webhooks;
  /** Stops answering and closes the database. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a backend of its own: the Backend API, the frontend API and the sign-in page, on loopback only.
 *
 * @example
 * const backend = await startLocalBackend();
 * const response = await backend.fetch('/v1/users', { headers: { authorization: `Bearer ${backend.secretKey}` } });
 *
 * @throws {LocalBackendError} `option-invalid`, `production-refused`, `database-in-use`, `database-unusable`, `port-in-use` or `seed-invalid`.
 */
export async function startLocalBackend(options: LocalBackendOptions = {}): Promise<LocalBackend> {
  assertOptions(options, process.env);
  const clock = createClock(options.now);
  const ids = createIds(clock.now);
  const store = await openStore(options.database ?? ':memory:');
  let listener: Listener | undefined;
  let webhooks: Webhooks | undefined;
  let controls: ServerControls | undefined;
  try {
    const { instance: stored, isNew } = await loadInstance(store, clock, ids, options);
    let app: Hono | undefined;
    const answer = (request: Request, env?: object) => app?.fetch(request, env) ?? new Response(null, { status: 503 });
    const sharedHost = await addressInUse(store);
    listener =
      options.listen === false
        ? undefined
        : await listen(answer, wantedPorts(options, sharedHost === undefined ? stored : undefined));
    const ownHost = listener === undefined ? hostWithoutSocket(stored) : `127.0.0.1:${listener.port}`;
    const frontendHost =
      options.productionDomain === undefined ? ownHost : productionHost(options.productionDomain, listener);
    const instance =
      sharedHost === undefined
        ? await settleInstance(store.db, ids, stored, frontendHost, options.productionDomain)
        : createInstance(stored, sharedHost, options.productionDomain);
    const signingKey = createSigningKey(stored.privateKeyPem, stored.id);
    const context = createContext({ store, clock, ids, instance, signingKey, sealer: createSealer(stored.sealingKey) });
    const sender = createWebhooks(context, options);
    webhooks = sender;
    for (const endpoint of options.webhooks ?? []) await sender.addEndpoint(endpoint);
    const serverControls = createControls(context, options);
    controls = serverControls;
    app = createApp(context, { controls: serverControls, webhooks: sender }, options);
    const seeded = isNew && options.seed !== undefined ? await applySeed(context, options.seed) : undefined;

    let closing: Promise<void> | undefined;
    return {
      url: `http://${ownHost}`,
      async fetch(input, init) {
        const response = await answer(toRequest(`http://${ownHost}`, input, init));
        return response instanceof JsonAnswer ? response.toResponse() : response;
      },
      secretKey: instance.secretKey,
      publishableKey: instance.publishableKey,
      jwtKey: signingKey.publicPem,
      instanceId: instance.id,
      clock,
      mint: createMint(context),
      context,
      seed: (data) => applySeed(context, data),
      seeded,
      webhooks: sender,
      consoleUrl: consoleUrl(`http://${ownHost}`, instance),
      controls: serverControls,
      close() {
        closing ??= close({ listener, webhooks, controls, store });
        return closing;
      },
    };
  } catch (error) {
    await close({ listener, webhooks, controls, store });
    if (!isUnavailable(error)) throw error;
    const message = `The database ${showLocation(options.database ?? ':memory:')} cannot be used: ${(error as Error).message}`;
    throw new LocalBackendError('database-unusable', message, { cause: error });
  }
}

/** What a backend has opened so far. */
interface Opened {
  readonly listener: Listener | undefined;
  readonly webhooks: Webhooks | undefined;
  readonly controls: ServerControls | undefined;
  readonly store: Store;
}

async function close({ listener, webhooks, controls, store }: Opened): Promise<void> {
  controls?.close();
  await listener?.close();
  await webhooks?.close();
  await store.close();
}

/** The port asked for; else the one it had before, so that keys and issuer stay the same, and any other if that is taken. */
function wantedPorts({ port }: LocalBackendOptions, stored: StoredInstance | undefined): readonly number[] {
  if (port !== undefined) return [port];
  const before = Number(stored?.frontendHost.split(':')[1] ?? 0);
  return before === 0 ? [0] : [before, 0];
}

/** The host of a production instance's frontend API (protocol section 1.2). Browsers know without asking that it is this machine. */
function productionHost(domain: string, listener: Listener | undefined): string {
  return `clerk.${domain}${listener === undefined ? '' : `:${listener.port}`}`;
}

/** A host of its own for each instance, so that the tokens of one are none to another. It resolves to loopback, where nobody listens. */
function hostWithoutSocket(stored: StoredInstance): string {
  return `${stored.id.replace('_', '-').toLowerCase()}.keystile.localhost`;
}

function toRequest(base: string, input: string | URL | Request, init: RequestInit | undefined): Request {
  return input instanceof Request ? new Request(input, init) : new Request(new URL(input, base), init);
}
