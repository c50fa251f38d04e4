import { verifyWebhook } from '@keystile/next/webhooks';
import { setup } from '../../lib/application.ts';

export async function POST(request: Request): Promise<Response> {
  try {
    const { type } = await verifyWebhook(request, { signingSecret: setup.webhookSecret });
    return Response.json({ type });
  } catch (error) {
    return new Response(null, { status: (error as { status: number }).status });
  }
}
