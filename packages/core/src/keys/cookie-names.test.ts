import { describe, expect, it } from 'vitest';
import * as web from '../crypto/web.ts';
import { type CookieNames, nameCookies } from './cookie-names.ts';

/** Section 1.3. */
const SUFFIXES = [
  ['pk_live_Y2xlcmsuY2xlcmsuZGV2JA', '1Z8AzTQD'],
  ['pk_test_Y2xlcmsuY2xlcmsuZGV2JA', 'QvfNY2dr'],
  ['pk_test_Y2xlcmsuZXhhbXBsZS5jb20k', 'l2OS3d9k'],
  ['pk_live_Y2xlcmsuZXhhbXBsZS5jb20k', 'naoXFJnI'],
  ['pk_live_ZmFrZS1jbGVyay10ZXN0LmNsZXJrLmFjY291bnRzLmRldiQ=', 'qReyu04C'],
  ['pk_test_ZW5vdWdoLWFscGFjYS04Mi5jbGVyay5hY2NvdW50cy5sY2xjbGVyay5jb20k', 'jtYvyt_H'],
] as const;

describe('nameCookies', () => {
  it.each(SUFFIXES)('%s has the suffix %s', (key, suffix) => {
    expect(nameCookies(key)).toMatchObject({
      suffix,
      session: `__session_${suffix}`,
      clientUat: `__client_uat_${suffix}`,
      refresh: `__refresh_${suffix}`,
      devBrowser: `__clerk_db_jwt_${suffix}`,
    });
  });

  it('depends on the padding', () => {
    const plain = nameCookies('pk_live_Y2xlcmsuY2xlcmsuZGV2JA') as CookieNames;
    const padded = nameCookies('pk_live_Y2xlcmsuY2xlcmsuZGV2JA==') as CookieNames;
    expect(padded.suffix).not.toBe(plain.suffix);
  });

  it('wants eleven names, all of the form that the reader of cookies expects', () => {
    const { wanted } = nameCookies(SUFFIXES[0][0]) as CookieNames;
    expect(wanted.size).toBe(11);
    for (const name of wanted) expect(name).toMatch(/^__/);
  });

  it('hashes alike where WebCrypto does it', async () => {
    for (const [key] of SUFFIXES) {
      const hash = await web.digest('SHA-1', key);
      const suffix = btoa(String.fromCharCode(...hash))
        .slice(0, 8)
        .replaceAll('+', '-')
        .replaceAll('/', '_');
      expect(nameCookies(key)).toMatchObject({ suffix });
    }
  });
});
