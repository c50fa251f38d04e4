import { badRequest } from '../api-error.ts';
import type { Context } from '../context.ts';
import { createSecret } from '../issuing/secrets.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import type { Handlers } from './handler.ts';

/** The delivery service of a hosted instance; here the backend delivers itself, and its own page stands for the dashboard. */
export const webhooks = {
  async 'webhooks.createSvixApp'(context) {
    if (await isOn(context)) throw badRequest('svix_app_exists', 'Webhook delivery has been set up already.');
    await turn(context, true);
    return { svix_url: dashboardUrl(context) };
  },

  async 'webhooks.deleteSvixApp'(context) {
    await assertOn(context);
    await turn(context, false);
    return undefined;
  },

  async 'webhooks.generateSvixAuthURL'(context) {
    await assertOn(context);
    return { svix_url: dashboardUrl(context) };
  },
} satisfies Partial<Handlers>;

async function isOn({ db }: Context): Promise<boolean> {
  return (await readSettings(db)).webhooks.enabled;
}

async function assertOn(context: Context): Promise<void> {
  if (!(await isOn(context))) throw badRequest('svix_app_missing', 'Webhook delivery has not been set up.');
}

async function turn({ db, clock }: Context, enabled: boolean): Promise<void> {
  const settings = await readSettings(db);
  await writeSettings(db, { ...settings, webhooks: { ...settings.webhooks, enabled } }, clock.now());
}

/** Where deliveries are listed. The key is what a hosted dashboard would let one in by for a while. */
function dashboardUrl({ instance }: Context): string {
  return `${instance.url}/console/webhooks#key=${createSecret('whk')}`;
}
