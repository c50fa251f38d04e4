import type { JoseHeader } from './claims.ts';

/** What the issuer made a JWT for: the header's `cat`, protocol section 4.1. */
export type TokenCategory = 'none' | 'session' | 'template' | 'm2m' | 'ignore' | 'unknown';

/** The wire's values of `cat`. */
export const CATEGORY_CODES = {
  session: 'cl_B7d4PD111AAA',
  template: 'cl_B7d4PD222AAA',
  m2m: 'cl_B7d4PD333AAA',
  ignore: 'cl_I7d4PD111III',
} as const;

/** The category that a header declares; `none` for tokens older than categories. */
export function tokenCategory(header: JoseHeader): TokenCategory {
  switch (header.cat) {
    case undefined:
      return 'none';
    case CATEGORY_CODES.session:
      return 'session';
    case CATEGORY_CODES.template:
      return 'template';
    case CATEGORY_CODES.m2m:
      return 'm2m';
    case CATEGORY_CODES.ignore:
      return 'ignore';
    default:
      return 'unknown';
  }
}

/** Whether a token of this category may stand for a session (or carry a handshake). */
export function isSessionCategory(header: JoseHeader): boolean {
  const category = tokenCategory(header);
  return category === 'none' || category === 'session' || category === 'ignore';
}

/** Whether a token of this category may stand for a machine. */
export function isM2MCategory(header: JoseHeader): boolean {
  const category = tokenCategory(header);
  return category === 'none' || category === 'm2m';
}
