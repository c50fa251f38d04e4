// One server for the throughput run: `node server.mjs FRAMEWORK VARIANT`, with the fixture in the environment. Prints its port.
const [framework, variant] = process.argv.slice(2);
const options = JSON.parse(process.env.BENCH_OPTIONS ?? '{}');

const variants = {
  express: {
    bare: async (app) => app.get('/', (_req, res) => res.json({ userId: 'user_2bench' })),
    reading: async (app) => {
      app.use((req, _res, next) => (req.headers.authorization === undefined ? next('route') : next()));
      app.get('/', (_req, res) => res.json({ userId: 'user_2bench' }));
    },
    keystile: async (app) => {
      const { authMiddleware, getAuth } = await import('@keystile/express');
      app.use(authMiddleware(options));
      app.get('/', (req, res) => res.json({ userId: getAuth(req).userId }));
    },
    peer: async (app) => {
      const { clerkMiddleware, getAuth } = await import('@clerk/express');
      app.use(clerkMiddleware(options));
      app.get('/', (req, res) => res.json({ userId: getAuth(req).userId }));
    },
  },
  hono: {
    bare: async (app) => app.get('/', (c) => c.json({ userId: 'user_2bench' })),
    reading: async (app) => {
      app.use((c, next) => (c.req.header('authorization') === undefined ? c.notFound() : next()));
      app.get('/', (c) => c.json({ userId: 'user_2bench' }));
    },
    keystile: async (app) => {
      const { authMiddleware, getAuth } = await import('@keystile/hono');
      app.use(authMiddleware(options));
      app.get('/', (c) => c.json({ userId: getAuth(c).userId }));
    },
    peer: async (app) => {
      const { clerkMiddleware, getAuth } = await import('@clerk/hono');
      app.use(clerkMiddleware(options));
      app.get('/', (c) => c.json({ userId: getAuth(c).userId }));
    },
  },
};

if (framework === 'express') {
  const { default: express } = await import('express');
  const app = express();
  await variants.express[variant](app);
  const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
} else {
  const [{ Hono }, { serve }] = await Promise.all([import('hono'), import('@hono/node-server')]);
  const app = new Hono();
  await variants.hono[variant](app);
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(port));
}
