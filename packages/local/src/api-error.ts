/** One entry of the API's error body (protocol section 13). */
export interface ApiErrorEntry {
  readonly code: string;
  readonly message: string;
  readonly long_message?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** An answer other than success. Thrown by handlers, written out by the server. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly errors: readonly ApiErrorEntry[];
  /** Headers that go with the answer, for example `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, errors: readonly ApiErrorEntry[], headers: Readonly<Record<string, string>> = {}) {
    super(errors[0]?.message ?? 'error');
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

const single = (status: number, code: string, message: string, longMessage: string, meta?: Record<string, unknown>) =>
  new ApiError(status, [{ code, message, long_message: longMessage, ...(meta !== undefined && { meta }) }]);

/** 400: the request is well-formed but makes no sense in the present state. */
export const badRequest = (code: string, message: string, param?: string): ApiError =>
  single(400, code, message, message, param === undefined ? undefined : { param_name: param });

/** 401: who calls is not known. */
export const unauthenticated = (code = 'authorization_invalid', message = 'Unauthorized'): ApiError =>
  single(401, code, message, 'The authorization given is missing or not valid for this request.');

/** 403: who calls is known and may not do this. */
export const forbidden = (code: string, message: string, param?: string): ApiError =>
  single(403, code, message, message, param === undefined ? undefined : { param_name: param });

/** 404: no such thing, or not any more. */
export const notFound = (what: string, id?: string): ApiError =>
  single(
    404,
    'resource_not_found',
    'not found',
    id === undefined ? `No ${what} was found.` : `No ${what} was found with id ${id.slice(0, 64)}.`,
  );

/** 409: somebody else has it already. */
export const conflict = (code: string, message: string, param?: string): ApiError =>
  single(409, code, message, message, param === undefined ? undefined : { param_name: param });

/** 422: a parameter is missing, malformed or not acceptable; `param` is its name on the wire. */
export const unprocessable = (code: string, param: string, message: string): ApiError =>
  single(422, code, message, message, { param_name: param });

/** 422 for a value that something else has already. */
export const alreadyExists = (param: string): ApiError =>
  unprocessable('form_identifier_exists', param, `That ${param.replaceAll('_', ' ')} is taken. Please try another.`);

/** 422 for a value outside of what the parameter may be. */
export const invalidParam = (param: string, why: string): ApiError =>
  unprocessable('form_param_invalid', param, `${param} ${why}`);
