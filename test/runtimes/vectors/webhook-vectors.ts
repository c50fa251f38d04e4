import { Webhook } from 'standardwebhooks';
import { Clock } from '../../support/clock.ts';
import type { Vector } from './vector.ts';

const SECRET = 'whsec_YSBzZWNyZXQgb2Ygc29tZSBsZW5ndGg=';
const OTHER = 'whsec_YW5vdGhlciBzZWNyZXQsIG5vdCBvdXJzIQ==';
const BODY = JSON.stringify({ type: 'user.created', object: 'event', data: { id: 'user_1', first_name: 'Zoë 🜁' } });
const clock = new Clock();

function delivery(
  name: string,
  want: string,
  changes: { body?: string; secret?: string; ageSeconds?: number } = {},
): Vector {
  const { body = BODY, secret = SECRET, ageSeconds = 0 } = changes;
  const sent = new Date(clock.time - ageSeconds * 1000);
  const headers = {
    'svix-id': 'msg_1',
    'svix-timestamp': `${Math.floor(sent.getTime() / 1000)}`,
    'svix-signature': new Webhook(secret).sign('msg_1', sent, BODY),
  };
  return { name, probe: { ask: 'webhook', body, headers, signingSecret: SECRET, now: clock.time }, want };
}

export const webhookVectors: readonly Vector[] = [
  delivery('a delivery', 'user.created'),
  delivery('SC-117 a body that was changed', 'signature-mismatch', { body: BODY.replace('user_1', 'user_2') }),
  delivery('SC-118 the secret of another endpoint', 'signature-mismatch', { secret: OTHER }),
  delivery('SC-116 a delivery within the tolerance', 'user.created', { ageSeconds: 299 }),
  delivery('SC-116 an old delivery', 'timestamp-too-old', { ageSeconds: 301 }),
];
