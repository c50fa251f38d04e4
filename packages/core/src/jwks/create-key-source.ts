import { API_VERSION } from '../backend/api-version.ts';
import { worksInBackground } from '../environment.ts';
import { createKeySetFetch } from './fetch-key-set.ts';
import type { KeySource } from './key-source.ts';
import { createPemKeySource } from './pem-key.ts';
import { type FetchKeySet, type KeySetTimes, RemoteKeySet } from './remote-key-set.ts';

/** Where keys come from: a PEM, or the backend that the secret key opens. */
export interface KeySourceOptions {
  readonly jwtKey: string | undefined;
  readonly secretKey: string | undefined;
  readonly apiUrl: string;
  readonly apiVersion: string;
  readonly keySetTimes: KeySetTimes;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  /** Puts something between the key set and the backend, for example a cache that several processes share. */
  readonly share?: ((fetchKeySet: FetchKeySet) => FetchKeySet) | undefined;
}

/**
 * The key source that the options name; `jwtKey` wins. Nothing is fetched yet.
 *
 * @returns undefined if the options name none
 * @throws ConfigurationError naming `jwtKey` if that is unusable
 */
export function createKeySource(options: KeySourceOptions): KeySource | undefined {
  const { jwtKey, secretKey, apiUrl, apiVersion, fetch, now, keySetTimes, share } = options;
  if (jwtKey !== undefined) return createPemKeySource(jwtKey);
  if (secretKey === undefined) return undefined;
  const url = `${apiUrl}/${apiVersion}/jwks`;
  const fetchKeySet = createKeySetFetch({ url, secretKey, apiVersion: API_VERSION, fetch });
  return new RemoteKeySet(share?.(fetchKeySet) ?? fetchKeySet, now, keySetTimes, worksInBackground());
}
