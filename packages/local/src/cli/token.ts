import { type TokenKind, tokenKinds } from '../control/mint-token.ts';
import { type Arguments, type Command, integerOf, textOf, UsageError } from './command.ts';
import { connect, connectionOptions } from './connect.ts';

export const token: Command = {
  description: 'Makes a token of a running backend, or of a data folder, and prints it.',
  options: {
    kind: { type: 'string', value: 'KIND', description: `${tokenKinds.join(', ')} (default session)` },
    user: { type: 'string', value: 'USER', description: 'e-mail address, user name or id (default: the first user)' },
    org: { type: 'string', value: 'ORG', description: 'slug or id of the organization it is active in' },
    template: { type: 'string', value: 'NAME', description: 'JWT template, for a session' },
    machine: { type: 'string', value: 'NAME', description: 'name or id of the machine, for m2m (default: a new one)' },
    client: { type: 'string', value: 'ID', description: 'client id of the application, for oauth' },
    format: { type: 'string', value: 'FORMAT', description: 'opaque or jwt, for m2m and oauth (default opaque)' },
    scopes: { type: 'string', value: 'A,B', description: 'scopes, for api_key and oauth' },
    claims: { type: 'string', value: 'JSON', description: 'further claims' },
    'expires-in': { type: 'string', value: 'SECONDS', description: 'lifetime; negative for a token that has expired' },
    json: { type: 'boolean', description: 'print {"kind", "token"}' },
    ...connectionOptions,
  },
  examples: [
    'keystile token --user demo@keystile.dev --org acme',
    'keystile token --kind m2m --machine worker --format jwt',
    'curl -H "Authorization: Bearer $(keystile token)" http://localhost:3000/profile',
  ],
  async run(terminal, args) {
    const kind = oneOf(args, 'kind', tokenKinds) ?? 'session';
    const request = {
      kind,
      user: textOf(args, 'user'),
      organization: textOf(args, 'org'),
      template: textOf(args, 'template'),
      machine: textOf(args, 'machine'),
      client: textOf(args, 'client'),
      format: oneOf(args, 'format', ['opaque', 'jwt'] as const),
      scopes: textOf(args, 'scopes')?.split(',').filter(Boolean),
      claims: readClaims(args),
      expiresInSeconds: integerOf(args, 'expires-in'),
    };
    const connection = await connect(terminal, args);
    try {
      const made = await connection.mint(request);
      terminal.print(
        args.values.json === true
          ? JSON.stringify({ kind, token: made } satisfies { kind: TokenKind; token: string })
          : made,
      );
    } finally {
      await connection.close();
    }
    return 0;
  },
};

function oneOf<const T extends string>(args: Arguments, name: string, allowed: readonly T[]): T | undefined {
  const text = textOf(args, name);
  const known = allowed.find((each) => each === text);
  if (text !== undefined && known === undefined)
    throw new UsageError(`--${name} is one of ${allowed.join(', ')}, not ${JSON.stringify(text)}.`);
  return known;
}

function readClaims(args: Arguments): Record<string, unknown> | undefined {
  const text = textOf(args, 'claims');
  if (text === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(text);
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims))
      return claims as Record<string, unknown>;
  } catch {
    // Falls through to the one message for both.
  }
  throw new UsageError(`--claims takes a JSON object, such as '{"plan":"pro"}'.`);
}
