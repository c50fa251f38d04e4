import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../errors.ts';
import { assertPublishableKey, parsePublishableKey, toPublishableKey } from './publishable-key.ts';

const encode = (text: string) => btoa(text);

describe('parsePublishableKey, section 1.1', () => {
  it.each([
    ['production', 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k', 'production', 'clerk.example.com'],
    ['development', 'pk_test_Y2xlcmsuZXhhbXBsZS5jb20k', 'development', 'clerk.example.com'],
    ['missing padding', 'pk_live_Y2xlcmsuY2xlcmsuZGV2JA', 'production', 'clerk.clerk.dev'],
    ['padding', 'pk_live_Y2xlcmsuY2xlcmsuZGV2JA==', 'production', 'clerk.clerk.dev'],
    ['host with port', `pk_test_${encode('127.0.0.1:4000$')}`, 'development', '127.0.0.1:4000'],
  ])('%s', (_, text, instanceType, frontendApiHost) => {
    expect(parsePublishableKey(text)).toEqual({ text, instanceType, frontendApiHost });
  });

  it.each([
    ['empty', ''],
    ['prefix alone', 'pk_live_'],
    ['other prefix', 'pk_prod_Y2xlcmsuZXhhbXBsZS5jb20k'],
    ['secret key', 'sk_live_Y2xlcmsuZXhhbXBsZS5jb20k'],
    ['prefix in upper case', 'PK_LIVE_Y2xlcmsuZXhhbXBsZS5jb20k'],
    ['a fourth part', 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k_x'],
    ['base64url', `pk_live_${encode('clerk.exämple.com$').replaceAll('+', '-').replaceAll('/', '_')}_`],
    ['no base64', 'pk_live_%%%%'],
    ['of impossible length', 'pk_live_A'],
    ['no $ at the end', `pk_live_${encode('clerk.example.com')}`],
    ['a second $', `pk_live_${encode('clerk$.example.com$')}`],
    ['two $ at the end', `pk_live_${encode('clerk.example.com$$')}`],
    ['no dot', `pk_live_${encode('localhost$')}`],
    ['$ alone', `pk_live_${encode('$')}`],
    ['a line break behind', 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k\n'],
    ['quotes', '"pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"'],
  ])('refuses %s', (_, text) => {
    expect(parsePublishableKey(text)).toBeUndefined();
    expect(() => assertPublishableKey(text)).toThrow(ConfigurationError);
  });

  it('tells a missing key from a malformed one (A3)', () => {
    expect(() => assertPublishableKey(undefined)).toThrow(/missing/);
    expect(() => assertPublishableKey('nonsense')).toThrow(/malformed/);
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => parsePublishableKey(`pk_live_${text}`)?.frontendApiHost !== ''));
  });

  it('is the reverse of toPublishableKey', () => {
    const host = fc.stringMatching(/^[a-z0-9-]{1,20}\.[a-z]{2,10}$/);
    fc.assert(
      fc.property(
        host,
        fc.constantFrom('production' as const, 'development' as const),
        (frontendApiHost, instanceType) => {
          const text = toPublishableKey(frontendApiHost, instanceType);
          expect(parsePublishableKey(text)).toEqual({ text, instanceType, frontendApiHost });
        },
      ),
    );
  });
});
