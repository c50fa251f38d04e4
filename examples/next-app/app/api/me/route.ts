import { auth } from '../../../lib/auth';

export async function GET(): Promise<Response> {
  const { userId, sessionId, orgId } = await auth.protect();
  return Response.json({ userId, sessionId, orgId });
}
