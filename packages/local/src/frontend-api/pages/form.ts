import type { Context as HonoContext } from 'hono';
import { ApiError } from '../../api-error.ts';
import type { Context } from '../../context.ts';
import { csrfField, isOwnForm } from './csrf.ts';

/** Longest text in a field; a redirect URL is the longest we ask for. */
const longestField = 16 * 1024;

/** The fields of a form as text; what is no text or far too long is left out. */
export type FormFields = Readonly<Record<string, string | undefined>>;

/**
 * Reads a form that was sent from a page of ours.
 *
 * @throws {ApiError} 403 `form_expired` for one that was not, or whose token is gone.
 */
export async function readForm(context: Context, c: HonoContext): Promise<FormFields> {
  const body = await c.req.parseBody();
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string' && value.length <= longestField) fields.set(name, value);
  }
  if (!isOwnForm(context, c, fields.get(csrfField))) {
    throw new ApiError(403, [
      {
        code: 'form_expired',
        message:
          'This form was open for too long, or was not sent from this page. Go back, load the page anew and try again.',
      },
    ]);
  }
  return Object.fromEntries(fields);
}
