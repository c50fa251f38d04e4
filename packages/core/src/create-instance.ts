import { type BackendClient, createBackendClient } from './backend/index.ts';
import type { Config } from './config.ts';
import type { Instance } from './instance.ts';
import { createKeySource } from './jwks/create-key-source.ts';
import { nameCookies } from './keys/cookie-names.ts';
import { createSessionServices } from './session/session-services.ts';
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
  const keys = createKeySource(config);
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
  const opaqueTokens = new OpaqueTokenVerifier(backend, {
    ...config.cache,
    concurrency: config.concurrentVerifications,
  });
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
    },
    forgetKeys: () => {
      keys?.forget();
      verifiedTokens.clear();
      opaqueTokens.forget();
    },
  };
}
