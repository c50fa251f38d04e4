import type { BackendEvent } from '../context.ts';
import { DEMO_SEED } from '../seed/demo-seed.ts';
import type { LocalBackend } from '../start-local-backend.ts';
import type { WebhookEndpoint } from '../webhooks/endpoint.ts';
import { printSeedResult } from './print-seed-result.ts';
import type { Terminal } from './terminal.ts';

/** A backend that has just started. */
export interface Started {
  readonly backend: LocalBackend;
  readonly webhooks: readonly WebhookEndpoint[];
  /** Where its data is, as a person would write it. */
  readonly data: string;
  readonly readyInMs: number;
  /** Whether it began with the demo data, whose passwords are no secret. */
  readonly isDemo: boolean;
}

/** The variables that an application is told of the backend by. */
export function environmentOf({
  backend,
  webhooks,
}: Pick<Started, 'backend' | 'webhooks'>): Readonly<Record<string, string>> {
  const { url, publishableKey, secretKey } = backend;
  const [webhook] = webhooks;
  return {
    CLERK_PUBLISHABLE_KEY: publishableKey,
    CLERK_SECRET_KEY: secretKey,
    CLERK_API_URL: url,
    CLERK_SIGN_IN_URL: `${url}/sign-in`,
    CLERK_SIGN_UP_URL: `${url}/sign-up`,
    ...(webhook !== undefined && { CLERK_WEBHOOK_SIGNING_SECRET: webhook.secret }),
  };
}

/** Tells a person that the backend is there, and from then on of each message that it would have sent. */
export function reportText(terminal: Terminal, { backend, webhooks, data, readyInMs, isDemo }: Started): void {
  const { url, seeded } = backend;
  const heading = (text: string) => terminal.print(`\n${terminal.style('bold', text)}`);
  const row = (name: string, value: string) => terminal.print(`  ${name.padEnd(15)}${value}`);
  terminal.print(
    `${terminal.style('green', 'Keystile')} is ready at ${terminal.style('bold', url)} ${terminal.style('dim', `(${Math.round(readyInMs)} ms)`)}`,
  );
  heading('Pages');
  row('Sign in', `${url}/sign-in`);
  row('Console', backend.consoleUrl);
  row('Data', data);
  for (const { url: target } of webhooks) row('Webhooks to', target);
  heading('Environment of your application');
  for (const [name, value] of Object.entries(environmentOf({ backend, webhooks }))) terminal.print(`${name}=${value}`);
  if (seeded !== undefined) {
    heading('Seeded, with secrets that are shown this once');
    printSeedResult(terminal, seeded);
    for (const { email, password } of isDemo ? (DEMO_SEED.users ?? []) : [])
      row('Sign-in', `${String(email)} / ${password}`);
  }
  terminal.print(`\n${terminal.style('dim', 'Messages appear here. Ctrl-C stops.')}`);
  backend.context.onEvent((event) => {
    const message = readMessage(event);
    if (message !== undefined) terminal.print(`${terminal.style('cyan', message.recipient)}  ${message.text}`);
  });
}

/** Tells the same to a program: one JSON object a line, first that the backend is there, then of each event. */
export function reportJson(terminal: Terminal, { backend, webhooks, data, readyInMs }: Started): void {
  const { url, jwtKey, instanceId, seeded } = backend;
  const environment = environmentOf({ backend, webhooks });
  terminal.print(
    JSON.stringify({
      event: 'ready',
      url,
      consoleUrl: backend.consoleUrl,
      data,
      readyInMs: Math.round(readyInMs),
      environment,
      jwtKey,
      instanceId,
      seeded: seeded ?? null,
    }),
  );
  backend.context.onEvent(({ id, type, data: subject, createdAt }) => {
    terminal.print(JSON.stringify({ event: type, id, createdAt, data: subject }));
  });
}

function readMessage({ type, data }: BackendEvent): { recipient: string; text: string } | undefined {
  if (type !== 'email.created' && type !== 'sms.created') return undefined;
  const message = data as { to_email_address?: string; to_phone_number?: string; subject?: string; message?: string };
  return {
    recipient: message.to_email_address ?? message.to_phone_number ?? '',
    text: message.subject ?? message.message ?? '',
  };
}
