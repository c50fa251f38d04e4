/** Whether an `iss` claim, its scheme left aside, names an instance (protocol section 8.2, row 2). */
export function isIssuedBy(instanceHost: string, iss: unknown): boolean {
  if (typeof iss !== 'string') return false;
  // The ordinary spelling, without making a text.
  if (iss.length === HTTPS.length + instanceHost.length && iss.startsWith(HTTPS) && iss.endsWith(instanceHost))
    return true;
  return iss.replaceAll(/https?:\/\//g, '') === instanceHost;
}

const HTTPS = 'https://';
