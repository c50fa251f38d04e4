import { alreadyExists, invalidParam, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { readTemplateKey, templateAlgorithms } from '../issuing/template-key.ts';
import { createJwtTemplate } from '../resources/create-jwt-template.ts';
import { toDeleted } from '../resources/deleted.ts';
import { toJwtTemplate } from '../resources/jwt-template.ts';
import { toJson } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers, Input } from './handler.ts';
import { readPage } from './list.ts';

/** Claims that every token sets itself. */
const reservedClaims = ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub'];

type Body = Input<'jwtTemplates.create'>['body'];

export const jwtTemplates = {
  async 'jwtTemplates.list'({ db }, { query }) {
    const { rows, total } = await readPage(db.selectFrom('jwt_templates'), query);
    return { data: rows.map(toJwtTemplate), total_count: total };
  },

  async 'jwtTemplates.create'(context, { body }) {
    await assertNameFree(context, body.name);
    assertTemplate(body);
    const row = await createJwtTemplate(context, {
      name: body.name,
      claims: body.claims,
      lifetime: body.lifetime ?? undefined,
      allowedClockSkew: body.allowed_clock_skew ?? undefined,
      customSigningKey: readSigningKey(body),
    });
    return toJwtTemplate(row);
  },

  async 'jwtTemplates.get'(context, { path }) {
    return toJwtTemplate(await findTemplate(context, path.template_id));
  },

  async 'jwtTemplates.update'(context, { path, body }) {
    const { db, clock, sealer } = context;
    const row = await findTemplate(context, path.template_id);
    await assertNameFree(context, body.name, row.id);
    assertTemplate(body);
    const own = readSigningKey(body);
    const changed = await db
      .updateTable('jwt_templates')
      .set({
        name: body.name,
        claims: toJson(body.claims),
        ...(body.lifetime != null && { lifetime: body.lifetime }),
        ...(body.allowed_clock_skew != null && { allowed_clock_skew: body.allowed_clock_skew }),
        ...(own !== undefined && {
          custom_signing_key: 1,
          signing_algorithm: own.algorithm,
          signing_key_sealed: sealer.seal(own.key),
        }),
        ...(body.custom_signing_key === false && {
          custom_signing_key: 0,
          signing_algorithm: 'RS256',
          signing_key_sealed: null,
        }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toJwtTemplate(changed);
  },

  async 'jwtTemplates.delete'(context, { path }) {
    const row = await findTemplate(context, path.template_id);
    await context.db.deleteFrom('jwt_templates').where('id', '=', row.id).execute();
    return toDeleted('jwt_template', row.id);
  },
} satisfies Partial<Handlers>;

async function findTemplate({ db }: Context, id: string): Promise<Row<'jwt_templates'>> {
  const row = await db.selectFrom('jwt_templates').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('jwt template', id);
  return row;
}

async function assertNameFree({ db }: Context, name: string, ownerId?: string): Promise<void> {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(name)) throw invalidParam('name', 'must have 1 to 100 letters, digits, _ or -.');
  const taken = await db.selectFrom('jwt_templates').select('id').where('name', '=', name).executeTakeFirst();
  if (taken !== undefined && taken.id !== ownerId) throw alreadyExists('name');
}

function assertTemplate({ claims, lifetime, allowed_clock_skew: skew }: Body): void {
  const reserved = reservedClaims.find((name) => Object.hasOwn(claims, name));
  if (reserved !== undefined) {
    throw unprocessable('jwt_template_reserved_claim', 'claims', `You can't use the reserved claim ${reserved}.`);
  }
  if (lifetime != null && (lifetime < 30 || lifetime > 315_360_000))
    throw invalidParam('lifetime', 'must be from 30 to 315360000 seconds.');
  if (skew != null && (skew < 0 || skew > 300))
    throw invalidParam('allowed_clock_skew', 'must be from 0 to 300 seconds.');
}

function readSigningKey(body: Body): { algorithm: string; key: string } | undefined {
  if (body.custom_signing_key !== true) return undefined;
  const { signing_algorithm: algorithm, signing_key: key } = body;
  if (algorithm == null)
    throw unprocessable('form_param_missing', 'signing_algorithm', 'signing_algorithm goes with custom_signing_key.');
  if (key == null || key === '')
    throw unprocessable('form_param_missing', 'signing_key', 'signing_key goes with custom_signing_key.');
  if (!templateAlgorithms.includes(algorithm))
    throw invalidParam('signing_algorithm', `must be one of ${templateAlgorithms.join(', ')}.`);
  try {
    readTemplateKey(algorithm, key);
  } catch {
    throw invalidParam('signing_key', `must be a key for ${algorithm}.`);
  }
  return { algorithm, key };
}
