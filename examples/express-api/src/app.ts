import './types.ts';
import { type AuthMiddlewareOptions, authMiddleware, getAuth, requireAuth } from '@keystile/express';
import express, { type Application } from 'express';
import { homePage, profilePage } from './pages.ts';

/**
 * The application.
 *
 * @param options - by default the keys are read from the environment
 */
export function createApp(options: AuthMiddlewareOptions = {}): Application {
  const app = express();
  app.disable('x-powered-by');

  // Finds out who makes each request, and refuses nobody.
  app.use(authMiddleware(options));

  // Open to all; it may still look who is there.
  app.get('/', (req, res) => {
    res.send(homePage(getAuth(req)));
  });

  // A page. Visitors who are not signed in are sent to the sign-in page and come back here.
  app.get('/profile', requireAuth(), async (req, res) => {
    const user = await req.backend.users.getUser(res.locals.auth.userId);
    res.send(profilePage(user, res.locals.auth));
  });

  // The same session for scripts: 401 with a challenge if there is none.
  app.get('/api/me', requireAuth({ mode: 'api' }), (_req, res) => {
    const { userId, sessionId, orgId, orgRole } = res.locals.auth;
    res.json({ userId, sessionId, orgId, orgRole });
  });

  // What the Backend API knows about the caller.
  app.get('/api/user', requireAuth({ mode: 'api' }), async (req, res) => {
    const { firstName, lastName, emailAddresses } = await req.backend.users.getUser(res.locals.auth.userId);
    res.json({ firstName, lastName, emails: emailAddresses.map(({ emailAddress }) => emailAddress) });
  });

  // A permission in the active organisation: 403 for those who lack it.
  app.get('/api/invoices', requireAuth({ mode: 'api', permission: 'org:invoices:read' }), (_req, res) => {
    res.json({ organization: res.locals.auth.orgId, invoices: [{ number: 'A-1', total: 120 }] });
  });

  // For programs with an API key of a user or an organisation.
  app.get('/api/reports', requireAuth({ acceptsToken: 'api_key', scopes: 'read' }), (_req, res) => {
    const { name, subject, scopes } = res.locals.auth;
    res.json({ key: name, subject, scopes });
  });

  // For our own machines alone: no user's token opens it.
  app.post('/api/jobs', requireAuth({ acceptsToken: 'm2m_token' }), (_req, res) => {
    res.json({ acceptedFrom: res.locals.auth.machineId });
  });

  // For OAuth clients that a user has allowed to see the profile.
  app.get('/api/profile', requireAuth({ acceptsToken: 'oauth_token', scopes: 'profile' }), (_req, res) => {
    const { userId, clientId, scopes } = res.locals.auth;
    res.json({ userId, clientId, scopes });
  });

  return app;
}
