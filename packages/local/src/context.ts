import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { Instance } from './instance.ts';
import type { Sealer } from './issuing/secrets.ts';
import type { SigningKey } from './issuing/signing-key.ts';
import type { Database } from './store/database.ts';
import { toJson } from './store/json-column.ts';
import type { Store } from './store/store.ts';
import { queueDeliveries } from './webhooks/queue-deliveries.ts';

/** Something that happened, as a webhook tells it. */
export interface BackendEvent {
  readonly id: string;
  /** For example `user.created`. */
  readonly type: string;
  readonly data: unknown;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A message that a hosted backend would have sent by e-mail or SMS. */
export interface Message {
  readonly channel: 'email' | 'sms';
  readonly recipient: string;
  /** Slug of the template it follows, for example `verification_code`. */
  readonly template: string;
  readonly subject: string;
  readonly body: string;
  /** What the template was filled with: a code, a link. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly userId?: string | undefined;
}

/** The services of one backend. Handlers take it first; inside a transaction they get one whose `db` is the transaction. */
export interface Context {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly instance: Instance;
  readonly signingKey: SigningKey;
  readonly sealer: Sealer;
  /** Records an event, with the transaction if there is one; listeners hear of it once it is committed. */
  emit(type: string, data: unknown): Promise<void>;
  /** Puts a message in the outbox. */
  send(message: Message): Promise<void>;
  /** Runs all of `run` or nothing. A transaction within a transaction joins it. */
  transaction<T>(run: (context: Context) => Promise<T>): Promise<T>;
  /** Calls `listener` for every event from now on; the answer takes it off again. */
  onEvent(listener: (event: BackendEvent) => void): () => void;
}

/** What {@link createContext} puts together. */
export type Services = Pick<Context, 'clock' | 'ids' | 'instance' | 'signingKey' | 'sealer'> & {
  readonly store: Store;
};

export function createContext({ store, ...services }: Services): Context {
  const listeners = new Set<(event: BackendEvent) => void>();
  const publish = (event: BackendEvent) => {
    for (const listener of listeners) listener(event);
  };

  const context: Context = {
    ...services,
    db: store.db,
    async emit(type, data) {
      publish(await record(context, type, data));
    },
    send: (message) => keep(context, message),
    async transaction(run) {
      let pending: BackendEvent[] = [];
      const result = await store.transaction((tx) => {
        // Begun anew if the database asks for the transaction again.
        pending = [];
        const inner: Context = {
          ...context,
          db: tx,
          async emit(type, data) {
            pending.push(await record(inner, type, data));
          },
          send: (message) => keep(inner, message),
          transaction: (joined) => joined(inner),
        };
        return run(inner);
      });
      pending.forEach(publish);
      return result;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return context;
}

async function record({ db, clock, ids }: Context, type: string, data: unknown): Promise<BackendEvent> {
  const event = { id: ids.create('evt'), type, data, createdAt: clock.now() };
  await db
    .insertInto('events')
    .values({ id: event.id, type, data: toJson(data), created_at: event.createdAt })
    .execute();
  await queueDeliveries({ db, ids }, event);
  return event;
}

/** Keeps a message, and tells of it: who delivers messages of their own listens to `email.created` and `sms.created`. */
async function keep(context: Context, message: Message): Promise<void> {
  const { db, clock, ids } = context;
  const isEmail = message.channel === 'email';
  const id = ids.create(isEmail ? 'ema' : 'sms');
  await db
    .insertInto('messages')
    .values({
      id,
      channel: message.channel,
      recipient: message.recipient,
      template_slug: message.template,
      subject: message.subject,
      body: message.body,
      data: toJson(message.data),
      user_id: message.userId ?? null,
      created_at: clock.now(),
    })
    .execute();
  await context.emit(`${message.channel}.created`, {
    object: message.channel,
    id,
    slug: message.template,
    [isEmail ? 'to_email_address' : 'to_phone_number']: message.recipient,
    ...(isEmail ? { subject: message.subject, body_plain: message.body } : { message: message.body }),
    user_id: message.userId ?? null,
    data: message.data,
    status: 'queued',
    delivered_by_clerk: true,
  });
}
