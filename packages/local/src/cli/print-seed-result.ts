import type { SeedResult } from '../seed/apply-seed.ts';
import type { Terminal } from './terminal.ts';

/** Prints what a seed has made, with the secrets that are told this once. */
export function printSeedResult(terminal: Terminal, made: SeedResult): void {
  const row = (what: string, name: string, value: string) =>
    terminal.print(`  ${what.padEnd(15)}${name.padEnd(24)}${terminal.style('dim', value)}`);
  for (const { id, email } of made.users) row('User', email ?? '', id);
  for (const { id, slug } of made.organizations) row('Organization', slug, id);
  for (const { name, secretKey } of made.machines) row('Machine', name, secretKey);
  for (const { name, secret } of made.apiKeys) row('API key', name, secret);
  for (const { name, clientId, clientSecret } of made.oauthApplications) {
    row('OAuth client', name, clientSecret === undefined ? clientId : `${clientId} ${clientSecret}`);
  }
}
