import { createSign, generateKeyPairSync } from 'node:crypto';

/** An instance with a key of its own, and session tokens of the size that real ones have. */
export function createFixture() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const host = 'clerk.example.com';
  const now = Math.floor(Date.now() / 1000);
  const text = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sign = (claims) => {
    const signed = `${text({ alg: 'RS256', typ: 'JWT', kid: 'ins_bench', cat: 'cl_B7d4PD111AAA' })}.${text(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  };
  const sessionToken = sign({
    azp: 'https://app.example.com',
    exp: now + 3600,
    fea: 'o:invoices,u:avatars,o:audit',
    fva: [3, -1],
    iat: now,
    iss: `https://${host}`,
    nbf: now - 10,
    o: { id: 'org_2bench', slg: 'acme', rol: 'admin', per: 'read,write,export', fpm: '3,5' },
    pla: 'o:team',
    sid: 'sess_2bench',
    sts: 'active',
    sub: 'user_2bench',
    v: 2,
  });
  return {
    privateKey,
    publicKey,
    pem: publicKey.export({ type: 'spki', format: 'pem' }),
    publishableKey: `pk_live_${Buffer.from(`${host}$`).toString('base64')}`,
    secretKey: 'sk_live_bench',
    sessionToken,
    clientUat: String(now - 60),
  };
}
