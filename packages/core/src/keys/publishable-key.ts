import { ConfigurationError } from '../errors.ts';

/** Which kind of instance a key belongs to. */
export type InstanceType = 'development' | 'production';

/** What a publishable key says. */
export interface PublishableKey {
  /** The key exactly as it was configured; its cookie suffix depends on every character. */
  readonly text: string;
  readonly instanceType: InstanceType;
  /** The host of the frontend API, without a scheme. */
  readonly frontendApiHost: string;
}

const INSTANCE_TYPES: Readonly<Record<string, InstanceType>> = { pk_live_: 'production', pk_test_: 'development' };
const PREFIX_LENGTH = 'pk_test_'.length;

/**
 * Reads a publishable key: `pk_test_` or `pk_live_`, then the frontend API's host and a `$` in standard base64
 * (protocol section 1.1).
 *
 * @returns undefined if the text is no publishable key
 */
export function parsePublishableKey(text: string): PublishableKey | undefined {
  const instanceType = INSTANCE_TYPES[text.slice(0, PREFIX_LENGTH)];
  const encoded = text.slice(PREFIX_LENGTH);
  if (instanceType === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const decoded = decodeBase64(encoded);
  const host = decoded?.slice(0, -1);
  if (host === undefined || decoded !== `${host}$` || host.includes('$') || !host.includes('.')) return undefined;
  return { text, instanceType, frontendApiHost: host };
}

/**
 * The same for a key that must be there.
 * @throws ConfigurationError naming `publishableKey`
 */
export function assertPublishableKey(text: string | undefined): PublishableKey {
  if (text === undefined || text === '') {
    throw new ConfigurationError('publishableKey', 'is missing: pass it, or set CLERK_PUBLISHABLE_KEY.');
  }
  const key = parsePublishableKey(text);
  if (key === undefined) {
    throw new ConfigurationError(
      'publishableKey',
      'is malformed: copy it whole (pk_test_… or pk_live_…), without blanks or quotes.',
    );
  }
  return key;
}

/** Makes the publishable key of an instance; the reverse of {@link parsePublishableKey}. */
export function toPublishableKey(frontendApiHost: string, instanceType: InstanceType): string {
  return `${instanceType === 'production' ? 'pk_live_' : 'pk_test_'}${btoa(`${frontendApiHost}$`)}`;
}

function decodeBase64(encoded: string): string | undefined {
  try {
    return atob(encoded);
  } catch {
    return undefined;
  }
}
