import { describeAuth, GUARDS, type GuardName } from '../../../../../conformance/application.ts';
import { auth, requireAuth, setup } from '../../../lib/application.ts';

type Context = { readonly params: Promise<{ readonly name: string }> };

const guarded = Object.fromEntries(
  Object.entries(GUARDS).map(([name, demands]) => [
    name,
    requireAuth(demands, (_request, call) => Response.json(describeAuth(call.auth))),
  ]),
);

async function serve(request: Request, { params }: Context): Promise<Response> {
  const { name } = await params;
  if (!setup.guardsInProxy) return guarded[name]?.(request as never, undefined) ?? new Response(null, { status: 404 });
  const demands = GUARDS[name as GuardName];
  return Response.json(describeAuth(await auth('acceptsToken' in demands ? demands : {})));
}

export { serve as DELETE, serve as GET, serve as OPTIONS, serve as PATCH, serve as POST, serve as PUT };
