import { invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import type { Template } from '../contract/wire.generated.ts';
import { type DefaultTemplate, defaultTemplates } from '../resources/default-templates.ts';
import { toFlag } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers, Input } from './handler.ts';

type Change = Input<'templates.updateTemplate'>['body'];

export const templates = {
  async 'templates.getTemplateList'(context, { path, query }) {
    const changes = await context.db
      .selectFrom('templates')
      .selectAll()
      .where('template_type', '=', path.template_type)
      .execute();
    const all = defaultTemplates
      .filter(({ type }) => type === path.template_type)
      .map((template) =>
        toTemplate(
          context,
          template,
          changes.find(({ slug }) => slug === template.slug),
        ),
      );
    return { data: all.slice(query.offset, query.offset + query.limit), total_count: all.length };
  },

  async 'templates.getTemplate'(context, { path }) {
    const template = findTemplate(path);
    return toTemplate(context, template, await findChange(context, template));
  },

  async 'templates.updateTemplate'(context, { path, body }) {
    const template = findTemplate(path);
    assertChange(template, body);
    await save(context, template, {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.subject !== undefined && { subject: body.subject }),
      ...(body.markup !== undefined && { markup: body.markup }),
      ...(body.body !== undefined && { body: body.body }),
      ...(body.from_email_name !== undefined && { from_email_name: body.from_email_name }),
      ...(body.reply_to_email_name !== undefined && { reply_to_email_name: body.reply_to_email_name }),
      ...(body.delivered_by_clerk !== undefined && { delivered_by_clerk: toFlag(body.delivered_by_clerk) }),
    });
    return toTemplate(context, template, await findChange(context, template));
  },

  async 'templates.revertTemplate'(context, { path }) {
    const template = findTemplate(path);
    await context.db
      .deleteFrom('templates')
      .where('template_type', '=', template.type)
      .where('slug', '=', template.slug)
      .execute();
    return toTemplate(context, template, undefined);
  },

  async 'templates.previewTemplate'(context, { path, body }) {
    const template = findTemplate(path);
    assertChange(template, body);
    const now = toTemplate(context, template, await findChange(context, template));
    const values = previewValues(context);
    const filled = { body: fill(body.body ?? now.body, values) };
    if (template.type === 'sms') return filled;
    return {
      ...filled,
      subject: fill(body.subject ?? now.subject ?? '', values),
      from_email_address: `${body.from_email_name ?? now.from_email_name}@${context.instance.frontendHost}`,
      reply_to_email_address: `${body.reply_to_email_name ?? now.reply_to_email_name}@${context.instance.frontendHost}`,
    };
  },

  async 'templates.toggleTemplateDelivery'(context, { path, body }) {
    const template = findTemplate(path);
    const before = toTemplate(context, template, await findChange(context, template));
    await save(context, template, {
      delivered_by_clerk: toFlag(body.delivered_by_clerk ?? !before.delivered_by_clerk),
    });
    return toTemplate(context, template, await findChange(context, template));
  },
} satisfies Partial<Handlers>;

function findTemplate({ template_type: type, slug }: { template_type: string; slug: string }): DefaultTemplate {
  const template = defaultTemplates.find((one) => one.type === type && one.slug === slug);
  if (template === undefined) throw notFound('template', slug);
  return template;
}

function findChange({ db }: Context, { type, slug }: DefaultTemplate): Promise<Row<'templates'> | undefined> {
  return db
    .selectFrom('templates')
    .selectAll()
    .where('template_type', '=', type)
    .where('slug', '=', slug)
    .executeTakeFirst();
}

function assertChange(template: DefaultTemplate, change: Partial<Change>): void {
  if (
    template.type === 'sms' &&
    (change.subject ?? change.from_email_name ?? change.reply_to_email_name) !== undefined
  ) {
    const param =
      change.subject !== undefined
        ? 'subject'
        : change.from_email_name !== undefined
          ? 'from_email_name'
          : 'reply_to_email_name';
    throw invalidParam(param, 'is for email templates only.');
  }
  for (const param of ['from_email_name', 'reply_to_email_name'] as const) {
    if (change[param] && !/^[a-z0-9._+-]{1,64}$/i.test(change[param]))
      throw invalidParam(param, 'must be the part of an address before the @.');
  }
  if (change.subject === '') throw invalidParam('subject', 'must not be blank.');
  if (change.body !== undefined) {
    const missing = template.required.find((name) => !variablesOf(change.body ?? '').has(name));
    if (missing !== undefined)
      throw unprocessable('required_variable_missing', 'body', `The body must hold {{${missing}}}.`);
  }
}

/** Names between double braces. */
function variablesOf(text: string): Set<string> {
  return new Set([...text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, name = '']) => name));
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : '',
  );
}

function previewValues({ instance }: Context): Readonly<Record<string, string>> {
  return {
    'app.name': 'Keystile',
    'app.url': instance.url,
    otp_code: '424242',
    magic_link: `${instance.url}/v1/verify?token=preview`,
    action_url: `${instance.url}/v1/tickets/accept?ticket=preview`,
    'org.name': 'Acme',
    inviter_name: 'Demo User',
    email_address: 'demo@keystile.dev',
    primary_email_address: 'demo@keystile.dev',
    new_email_address: 'demo@keystile.dev',
    greeting_name: 'Demo',
    requested_at: 'today',
    ttl_minutes: '10',
    'invitation.expires_in_days': '30',
  };
}

async function save(
  { db, clock, ids }: Context,
  { type, slug }: DefaultTemplate,
  change: Partial<Omit<Row<'templates'>, 'id'>>,
): Promise<void> {
  const now = clock.now();
  await db
    .insertInto('templates')
    .values({ id: ids.create('tmpl'), template_type: type, slug, created_at: now, updated_at: now, ...change })
    .onConflict((conflict) => conflict.columns(['template_type', 'slug']).doUpdateSet({ ...change, updated_at: now }))
    .execute();
}

function toTemplate({ instance }: Context, template: DefaultTemplate, change: Row<'templates'> | undefined): Template {
  const position = defaultTemplates.filter(({ type }) => type === template.type).indexOf(template);
  const text = change?.body ?? template.body;
  return {
    id: change?.id ?? `tmpl_${template.type}_${template.slug}`,
    object: 'template',
    instance_id: change === undefined ? null : instance.id,
    resource_type: change === undefined ? 'system' : 'user',
    template_type: template.type,
    name: change?.name ?? template.name,
    slug: template.slug,
    position,
    can_revert: change !== undefined,
    can_delete: false,
    can_edit_body: true,
    can_toggle: true,
    subject: template.type === 'sms' ? null : (change?.subject ?? template.subject),
    markup: change?.markup ?? text,
    body: text,
    available_variables: [...template.available],
    required_variables: [...template.required],
    from_email_name: change?.from_email_name ?? 'noreply',
    reply_to_email_name: change?.reply_to_email_name ?? '',
    delivered_by_clerk: (change?.delivered_by_clerk ?? 1) === 1,
    enabled: true,
    flagged_as_suspicious: false,
    updated_at: change?.updated_at ?? instance.createdAt,
    created_at: change?.created_at ?? instance.createdAt,
  };
}
