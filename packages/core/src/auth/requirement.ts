import type { RegisteredPermission, RegisteredRole } from './register.ts';

/** The presets of protocol section 10. */
export type ReverificationPreset = 'strict_mfa' | 'strict' | 'moderate' | 'lax';
export type ReverificationLevel = 'first_factor' | 'second_factor' | 'multi_factor';

/** How recently a user must have proven a factor: a preset, or a level and an age in minutes. */
export type Reverification =
  | ReverificationPreset
  | { readonly level: ReverificationLevel; readonly afterMinutes: number };

/** What `has()` is asked. All that is named must hold, and something must be named. */
export interface Requirement {
  /** A role in the active organisation; `org:` may be left out. */
  readonly role?: RegisteredRole;
  /** A permission in the active organisation; `org:` may be left out. */
  readonly permission?: RegisteredPermission;
  /** A feature of the user's or the organisation's plan, or of one of them: `org:exports`, `user:exports`. */
  readonly feature?: string;
  /** A plan, scoped like `feature`. */
  readonly plan?: string;
  readonly reverification?: Reverification;
}
