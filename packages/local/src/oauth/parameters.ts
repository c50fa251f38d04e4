import type { Context as HonoContext } from 'hono';
import { OAuthError } from './oauth-error.ts';

/** Longest value of a parameter. */
const longestValue = 4 * 1024;

/** The parameters of a request. None but `resource` may be given twice (RFC 6749 section 3.1, RFC 8707 section 2). */
export interface Parameters {
  /** The value; undefined when it is missing or empty. */
  get(name: string): string | undefined;
  readonly resources: readonly string[];
}

/**
 * Parameters of a form, for the endpoints that clients call.
 *
 * @throws {OAuthError} `invalid_request` for another media type.
 */
export async function readFormParameters(c: HonoContext): Promise<Parameters> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new OAuthError('invalid_request', 'Send the parameters as application/x-www-form-urlencoded.');
  }
  return readParameters(new URLSearchParams(await c.req.text()));
}

/** @throws {OAuthError} `invalid_request` for one that is given twice or too long, `invalid_target` for a malformed resource. */
export function readParameters(given: URLSearchParams): Parameters {
  for (const name of new Set(given.keys())) {
    if (name !== 'resource' && given.getAll(name).length > 1)
      throw new OAuthError('invalid_request', 'A parameter is given more than once.');
    if ((given.get(name)?.length ?? 0) > longestValue)
      throw new OAuthError('invalid_request', 'A parameter is too long.');
  }
  return {
    get: (name) => given.get(name) || undefined,
    resources: readResources(given.getAll('resource').filter(Boolean)),
  };
}

function readResources(resources: readonly string[]): readonly string[] {
  const isAcceptable = (text: string) => URL.canParse(text) && !text.includes('#');
  if (resources.length > 10 || !resources.every(isAcceptable)) {
    throw new OAuthError('invalid_target', 'resource must be an absolute URI without a fragment.');
  }
  return resources;
}
