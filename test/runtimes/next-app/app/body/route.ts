import { auth } from '../../lib/application.ts';

export async function POST(request: Request): Promise<Response> {
  const { userId } = await auth();
  return Response.json({ userId, text: await request.text() });
}
