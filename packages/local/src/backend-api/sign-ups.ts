import { forbidden, notFound, unprocessable } from '../api-error.ts';
import type { Context } from '../context.ts';
import { toSignUp } from '../resources/sign-up.ts';
import { toFlag } from '../store/json-column.ts';
import type { Row } from '../store/rows.ts';
import type { Handlers } from './handler.ts';

export const signUps = {
  async 'signUps.get'(context, { path }) {
    return toSignUp(await findSignUp(context, path.id), context.clock.now());
  },

  async 'signUps.update'(context, { path, body }) {
    const { db, clock } = context;
    const row = await findSignUp(context, path.id);
    if (row.status !== 'missing_requirements' || row.abandon_at <= clock.now()) {
      throw forbidden('sign_up_cannot_be_updated', 'Only a sign-up under way can be changed.');
    }
    if (body.external_id != null) {
      const taken = await db
        .selectFrom('users')
        .select('id')
        .where('external_id', '=', body.external_id)
        .executeTakeFirst();
      if (taken !== undefined)
        throw unprocessable('form_identifier_exists', 'external_id', 'That external id is taken.');
    }
    const changed = await db
      .updateTable('sign_ups')
      .set({
        ...(body.external_id !== undefined && { external_id: body.external_id }),
        ...(body.custom_action != null && { custom_action: toFlag(body.custom_action) }),
        updated_at: clock.now(),
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toSignUp(changed, clock.now());
  },
} satisfies Partial<Handlers>;

async function findSignUp({ db }: Context, id: string): Promise<Row<'sign_ups'>> {
  const row = await db.selectFrom('sign_ups').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('sign-up', id);
  return row;
}
