import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authMiddleware, getAuth, requireAuth } from '@keystile/express';
import { verifyWebhook } from '@keystile/express/webhooks';
import type { Application, ErrorRequestHandler, Request, Response } from 'express';
import { EXPRESS_VERSIONS } from '../../support/express-versions.ts';
import { describeAuth, GUARDS, OWN_CACHE_CONTROL, OWN_COOKIE, ROUTES, readSelection } from '../application.ts';
import type { ApplicationSetup, Harness, RunningApplication } from '../harness.ts';

const silent = { logger: { warn() {} } };

function createApplication(
  express: (typeof EXPRESS_VERSIONS)[number]['express'],
  { options, tenants, webhookSecret }: ApplicationSetup,
): Application {
  const app = express();
  const showAuth = (req: Request, res: Response): void => {
    res.json(describeAuth(getAuth(req, readSelection(req.originalUrl))));
  };

  app.get(ROUTES.unprotected, showAuth);
  app.post(ROUTES.webhooks, async (req, res) => {
    try {
      const { type } = await verifyWebhook(req, { signingSecret: webhookSecret });
      res.json({ type });
    } catch (error) {
      res.status((error as { status: number }).status).end();
    }
  });
  app.use(
    tenants === undefined
      ? authMiddleware({ ...options, ...silent })
      : authMiddleware((req) => {
          const chosen = tenants[req.get('x-tenant') ?? ''];
          if (chosen === undefined) throw new Error('No such tenant.');
          return { ...chosen, ...silent };
        }),
  );
  app.all(ROUTES.auth, showAuth);
  const router = express.Router();
  router.all('/deep/auth', showAuth);
  app.use('/mounted', router);
  for (const [name, demands] of Object.entries(GUARDS)) {
    app.all(`${ROUTES.guarded}/${name}`, requireAuth(demands), (_req, res) => {
      res.json(describeAuth(res.locals.auth));
    });
  }
  app.post(ROUTES.body, express.text({ type: '*/*', limit: '10mb' }), (req, res) => {
    res.json({ userId: getAuth(req).userId, text: req.body });
  });
  app.get(ROUTES.cookies, (_req, res) => {
    res.append('set-cookie', OWN_COOKIE).set('cache-control', OWN_CACHE_CONTROL).send('page');
  });
  app.get(ROUTES.backend, (req, res) => {
    res.json({ hasBackend: typeof req.backend.users.getUser === 'function' });
  });
  app.get(ROUTES.fail, () => {
    throw new Error('The handler failed.');
  });
  const showNothing: ErrorRequestHandler = (_error, _req, res, _next) => {
    res.status(500).end();
  };
  app.use(showNothing);
  return app;
}

async function serve(app: Application): Promise<RunningApplication> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const expressHarnesses: readonly Harness[] = EXPRESS_VERSIONS.map(({ name, express }) => ({
  name,
  start: (setup) => serve(createApplication(express, setup)),
}));
