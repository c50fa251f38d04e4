import { backendClient } from '../../lib/application.ts';

export async function GET(): Promise<Response> {
  const backend = await backendClient();
  return Response.json({ hasBackend: typeof backend.users.getUser === 'function' });
}
