import { createRouteMatcher } from '@keystile/next';
import { GUARDS, type GuardDemands, type GuardName } from '../../conformance/application.ts';
import { authMiddleware, SILENT, setup } from './lib/application.ts';

const isGuarded = createRouteMatcher('/guarded/:name');
const { tenants } = setup;

export default authMiddleware(
  async (auth, request) => {
    // Not awaited, which is the mistake; see the tests of late guards.
    if (request.nextUrl.pathname === '/unawaited-in-proxy') auth.protect();
    if (!setup.guardsInProxy || !isGuarded(request)) return;
    const name = request.nextUrl.pathname.split('/').at(-1) as GuardName;
    const { mode, ...demands }: GuardDemands = GUARDS[name] ?? {};
    await auth.protect({ ...demands, ...(mode === 'api' && { onUnauthenticated: 401 }) });
  },
  tenants === undefined
    ? undefined
    : (request) => {
        const chosen = tenants[request.headers.get('x-tenant') ?? ''];
        if (chosen === undefined) throw new Error('No such tenant.');
        return { ...chosen, ...SILENT };
      },
);

export const config = { matcher: ['/((?!unprotected|webhooks|_next/static).*)'] };
