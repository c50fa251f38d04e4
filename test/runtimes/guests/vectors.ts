import {
  BackendError,
  ConfigurationError,
  createAuthenticator,
  KeystileError,
  type RequestState,
  verifyToken,
} from '@keystile/core';
import { decodeJwt, hasValidSignature } from '@keystile/core/compat/jwt';
import { verifyWebhook } from '@keystile/core/webhooks';
import type { Probe } from '../vectors/vector.ts';
import { callBackend } from './call-backend.ts';
import type { Guest } from './guest.ts';

/** Answers a list of probes with a list of verdicts. */
export function createGuest(): Guest {
  return {
    async fetch(request) {
      const probes = (await request.json()) as readonly Probe[];
      const verdicts: string[] = [];
      for (const probe of probes) verdicts.push(await verdictOn(probe));
      return Response.json(verdicts);
    },
  };
}

/** What came out, as a text. An error that is none of ours is named as such: no vector wants that. */
async function verdictOn(probe: Probe): Promise<string> {
  try {
    return await answer(probe);
  } catch (error) {
    if (error instanceof ConfigurationError) return `configuration ${error.option}`;
    if (error instanceof BackendError || error instanceof KeystileError) return error.code;
    return `unexpected ${error}`;
  }
}

async function answer(probe: Probe): Promise<string> {
  switch (probe.ask) {
    case 'verify': {
      const { sub } = await verifyToken(probe.token, { ...probe.options, now: () => probe.now });
      return `verified ${sub}`;
    }
    case 'authenticate': {
      const { options, request, now, acceptsToken = 'session_token' } = probe;
      const authenticator = createAuthenticator({ ...options, now: () => now, logger: { warn() {} } }, {});
      // Twice: what is remembered must not change the answer.
      const [cold, warm] = [
        await authenticator.authenticateRequest(new Request(request.url, request), { acceptsToken }),
        await authenticator.authenticateRequest(new Request(request.url, request), { acceptsToken }),
      ].map(describe);
      return cold === warm ? `${cold}` : `${cold}, then ${warm}`;
    }
    case 'signature':
      return (await hasValidSignature(decodeJwt(probe.token), probe.key)) ? 'valid' : 'invalid';
    case 'webhook': {
      const { body, headers, signingSecret, now } = probe;
      return `${(await verifyWebhook({ body, headers }, { signingSecret, now: () => now })).type}`;
    }
    case 'backend':
      return callBackend(probe);
  }
}

function describe(state: RequestState): string {
  const { status, tokenType, reason } = state;
  if (status === 'signed-in') {
    const auth = state.toAuth({ acceptsToken: 'any' });
    const id = 'userId' in auth && auth.userId !== null ? auth.userId : 'machineId' in auth ? auth.machineId : '';
    return `signed-in ${tokenType} ${id}`;
  }
  const to = state.headers.get('location');
  const cookies = state.headers.getSetCookie().map((cookie) => cookie.split('=', 1)[0]);
  return [
    status,
    reason,
    ...(to === null ? [] : [`to ${to.split('?', 1)[0]}`]),
    ...(cookies.length === 0 ? [] : [`sets ${[...new Set(cookies)].sort().join(' ')}`]),
  ].join(' ');
}
