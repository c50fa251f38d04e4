import { WebhookVerificationError } from './webhook-verification-error.ts';

/** A `Request` of the Fetch API, or anything with its members that matter. Its body is consumed. */
export interface WebhookFetchRequest {
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
}

/** A webhook whose body has been read: exactly as it came over the wire, before any parser. */
export interface RawWebhook {
  readonly body: string | Uint8Array;
  readonly headers: WebhookHeaders;
}

/** A `Headers`, or a plain record such as Node's `IncomingHttpHeaders`. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export type WebhookInput = WebhookFetchRequest | RawWebhook;

/** A header without surrounding blanks; undefined if it is absent or empty. */
export function readHeader({ headers }: WebhookInput, name: string): string | undefined {
  const value = isFetchHeaders(headers) ? headers.get(name) : findHeader(headers, name);
  return value?.trim() || undefined;
}

function isFetchHeaders(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function';
}

function findHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | undefined {
  const key = Object.hasOwn(headers, name)
    ? name
    : Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  const value = key === undefined ? undefined : headers[key];
  return typeof value === 'object' ? value.join(' ') : value;
}

/**
 * The body as the sender wrote it. Bytes that are no UTF-8 are refused, and a byte order mark is kept: what is not the very
 * text that was signed must not become it.
 *
 * @throws WebhookVerificationError `body-not-raw`, `body-too-large` or `body-invalid`
 */
export async function readRawBody(input: WebhookInput, maximumBytes: number): Promise<string> {
  const { body } = input;
  if (typeof body === 'string') {
    // At most three bytes a UTF-16 unit: most bodies need no second look.
    if (body.length * 3 > maximumBytes && new TextEncoder().encode(body).byteLength > maximumBytes)
      throw tooLarge(maximumBytes);
    return body;
  }
  if (body instanceof Uint8Array) {
    if (body.byteLength > maximumBytes) throw tooLarge(maximumBytes);
    return decodeStrictly([body]);
  }
  if ('bodyUsed' in input && input.bodyUsed) throw notRaw('has been read already');
  if (body === null) return '';
  if (typeof body?.getReader !== 'function') throw notRaw('has been parsed');
  return decodeStrictly(await readBoundedBytes(body, maximumBytes));
}

async function readBoundedBytes(stream: ReadableStream<Uint8Array>, maximumBytes: number): Promise<Uint8Array[]> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await readChunk(reader);
    if (done) return chunks;
    bytes += value.byteLength;
    if (bytes > maximumBytes) {
      await reader.cancel();
      throw tooLarge(maximumBytes);
    }
    chunks.push(value);
  }
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    throw new WebhookVerificationError('body-invalid', 'The body of the webhook broke off.', cause);
  }
}

function decodeStrictly(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  } catch (cause) {
    throw new WebhookVerificationError('body-invalid', 'The body of the webhook is not UTF-8.', cause);
  }
}

function notRaw(problem: string): WebhookVerificationError {
  return new WebhookVerificationError(
    'body-not-raw',
    `The body of the webhook ${problem}. The signature covers the bytes that were sent: pass the raw body, as text or bytes, and keep body parsers off this route.`,
  );
}

function tooLarge(maximumBytes: number): WebhookVerificationError {
  return new WebhookVerificationError(
    'body-too-large',
    `The body of the webhook is longer than ${maximumBytes} bytes (maxBodyBytes).`,
  );
}
