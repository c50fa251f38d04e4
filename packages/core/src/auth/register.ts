/**
 * What an application knows about its own tokens. Augment it to have roles, permissions and claims completed and checked:
 *
 * ```ts
 * declare module '@keystile/core' {
 *   interface Register {
 *     roles: 'org:admin' | 'org:member';
 *     permissions: 'org:invoices:read' | 'org:invoices:write';
 *     claims: { plan_tier: 'free' | 'pro' };
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
export interface Register {}

type Registered<Key extends string, Fallback> = Register extends { readonly [key in Key]: infer Value }
  ? Value
  : Fallback;

/** The roles of the application's organisations. */
export type RegisteredRole = Registered<'roles', string>;
/** The permissions of the application's organisations. */
export type RegisteredPermission = Registered<'permissions', string>;
/** The claims that the application adds to its session tokens. */
export type RegisteredClaims = Registered<'claims', unknown>;
