import { createAuthenticator } from '@keystile/core';

const DAY_IN_SECONDS = 24 * 60 * 60;

/** A call of the example for every kind of token, good and bad, and the status that it has to be answered with. */
export async function createDemoCalls(backend) {
  const { mint, seeded } = backend;
  const [demo, guest] = seeded.users;
  const [acme] = seeded.organizations;
  const [machine] = seeded.machines;
  const [apiKey] = seeded.apiKeys;
  const expiresInSeconds = DAY_IN_SECONDS;

  const session = await mint.session({ userId: demo.id, orgId: acme.id, expiresInSeconds });
  const oauth = { userId: demo.id, clientId: seeded.oauthApplications[0].clientId, expiresInSeconds };
  return [
    { what: 'A session token', path: '/api/me', token: session, status: 200 },
    { what: 'No token', path: '/api/me', status: 401 },
    {
      what: 'An expired session token',
      path: '/api/me',
      token: await mint.session({ userId: demo.id, expiresInSeconds: -60 }),
      status: 401,
    },
    { what: 'A session token that was tampered with', path: '/api/me', token: tamper(session, guest.id), status: 401 },
    { what: 'A permission in the active organisation', path: '/api/invoices', token: session, status: 200 },
    {
      what: 'The permission is missing',
      path: '/api/invoices',
      token: await mint.session({ userId: guest.id, orgId: acme.id, expiresInSeconds }),
      status: 403,
    },
    { what: 'The Backend API, asked by a route', path: '/api/user', token: session, status: 200 },
    { what: 'An API key', path: '/api/reports', token: apiKey.secret, status: 200 },
    {
      what: 'An API key that was revoked',
      path: '/api/reports',
      token: await createRevokedApiKey(backend, demo.id),
      status: 401,
    },
    {
      what: 'A machine token (opaque)',
      method: 'POST',
      path: '/api/jobs',
      token: await mint.m2m({ machineId: machine.id, expiresInSeconds }),
      status: 200,
    },
    {
      what: 'A machine token (JWT)',
      method: 'POST',
      path: '/api/jobs',
      token: await mint.m2m({ machineId: machine.id, format: 'jwt', expiresInSeconds }),
      status: 200,
    },
    { what: 'A session token where only machines go', method: 'POST', path: '/api/jobs', token: session, status: 401 },
    { what: 'An OAuth access token (opaque)', path: '/api/profile', token: await mint.oauth(oauth), status: 200 },
    {
      what: 'An OAuth access token (JWT)',
      path: '/api/profile',
      token: await mint.oauth({ ...oauth, format: 'jwt' }),
      status: 200,
    },
  ];
}

/** The same token with somebody else's name in its claims, which its signature does not cover. */
function tamper(token, sub) {
  const [header, claims, signature] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

async function createRevokedApiKey({ publishableKey, secretKey, url }, subject) {
  const { apiKeys } = createAuthenticator({ publishableKey, secretKey, apiUrl: url }).backend;
  const { id, secret } = await apiKeys.create({ name: 'Revoked key', subject, scopes: ['read'] });
  await apiKeys.revoke({ apiKeyId: id });
  return secret;
}
