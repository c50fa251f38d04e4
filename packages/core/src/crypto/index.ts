export { decodeBase64url, decodeBase64urlText, digest, importRsaJwk, importRsaSpki, verifySignature } from '#crypto';
export type { MaybePromise, RsaPublicJwk, SignatureAlgorithm, VerificationKey } from './interface.ts';
