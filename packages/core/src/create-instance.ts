import { type BackendClient, createBackendClient } from './backend/index.ts';
import type { Config } from './config.ts';
import { worksInBackground } from './environment.ts';
import type { Instance } from './instance.ts';
import { createKeySource } from './jwks/create-key-source.ts';
import type { FetchKeySet } from './jwks/remote-key-set.ts';
import { nameCookies } from './keys/cookie-names.ts';
import { createSessionServices } from './session/session-services.ts';
import { Revocations } from './shared-cache/revocations.ts';
import { SealedEntries } from './shared-cache/sealed-entries.ts';
import { SharedKeySet } from './shared-cache/shared-key-set.ts';
import { SharedVerdicts } from './shared-cache/shared-verdicts.ts';
import { OpaqueTokenVerifier } from './tokens/opaque-token-verifier.ts';
import { VerifiedTokenCache } from './tokens/verified-token-cache.ts';
import { MachineTokenVerifier } from './tokens/verify-machine-token.ts';

/** An {@link Instance} and how to make it forget. */
export interface CreatedInstance {
  readonly instance: Instance;
  readonly forgetKeys: () => void;
}

/**
 * Builds once what is the same for each request: the key source, the caches, the verifiers, the cookie names.
 * @throws ConfigurationError if a key cannot be used
 */
export function createInstance(config: Config): CreatedInstance {
  const fleet = createFleet(config);
  const keys = createKeySource({ ...config, secretKey: config.secretKey, share: fleet?.shareKeySet });
  const verifiedTokens = new VerifiedTokenCache(config.cache.verifiedTokens);
  let client: BackendClient | undefined;
  const backend = (): BackendClient => {
    client ??= createBackendClient({
      secretKey: config.secretKey,
      machineSecretKey: config.machineSecretKey,
      apiUrl: config.apiUrl,
      allowInsecureApiUrl: config.allowInsecureApiUrl,
      apiVersion: config.apiVersion,
      timeoutMs: config.timeoutMs,
      fetch: config.fetch,
    });
    return client;
  };
  const revocations =
    fleet?.revocations ?? (config.checkRevocations ? new Revocations(undefined, { now: config.now }) : undefined);
  const opaqueTokens = new OpaqueTokenVerifier(
    backend,
    { ...config.cache, concurrency: config.concurrentVerifications, worksInBackground: worksInBackground() },
    fleet?.verdicts,
  );
  const { publishableKey } = config;
  return {
    instance: {
      config,
      keys,
      verifiedTokens,
      sessionTokens: { keys, typeRule: config.typeRule, claimsPolicy: config.claimsPolicy, proven: verifiedTokens },
      machineTokens: new MachineTokenVerifier(keys, opaqueTokens, verifiedTokens, config.claimsPolicy),
      get backend() {
        return backend();
      },
      cookieNames: publishableKey === undefined ? undefined : nameCookies(publishableKey.text),
      session: createSessionServices(config),
      revocations,
    },
    forgetKeys: () => {
      fleet?.forgetKeySet();
      keys?.forget();
      verifiedTokens.clear();
      opaqueTokens.forget();
    },
  };
}

function ignore(): void {}

/** What a shared cache carries for the other processes of an application. */
interface Fleet {
  readonly shareKeySet: (fetchKeySet: FetchKeySet) => FetchKeySet;
  readonly forgetKeySet: () => void;
  readonly verdicts: SharedVerdicts;
  readonly revocations: Revocations;
}

/** @returns undefined without a shared cache, or without a secret key: entries are sealed under it */
function createFleet(config: Config): Fleet | undefined {
  const { secretKey, machineSecretKey, apiUrl, apiVersion, keySetTimes, now, logger } = config;
  if (config.cache.shared === undefined || secretKey === undefined) return undefined;
  const entries = new SealedEntries(
    config.cache.shared,
    { secretKey, machineSecretKey, apiUrl, apiVersion },
    { now, logger },
  );
  const revocations = new Revocations(entries, { now });
  let keySet: SharedKeySet | undefined;
  return {
    shareKeySet: (fetchKeySet) => {
      const shared = new SharedKeySet(fetchKeySet, entries, keySetTimes, now);
      keySet = shared;
      return (kid) => shared.fetch(kid);
    },
    forgetKeySet: () => {
      keySet?.forget().catch(ignore);
    },
    verdicts: new SharedVerdicts(entries, revocations),
    revocations,
  };
}
