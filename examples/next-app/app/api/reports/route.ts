import { requireAuth } from '../../../lib/auth';

/** For programs with an API key of a user or an organisation. */
export const GET = requireAuth({ acceptsToken: 'api_key', scopes: 'read' }, (_request, { auth }) =>
  Response.json({ key: auth.name, subject: auth.subject, scopes: auth.scopes }),
);
