/** Whether a location is a PostgreSQL database, and not a file. */
export function isPostgresUrl(location: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(location);
}

/** A location as it may be shown: of a URL, no password and no parameters. */
export function showLocation(location: string): string {
  if (!isPostgresUrl(location)) return location;
  if (!URL.canParse(location)) return 'postgres://…';
  const { protocol, username, host, pathname } = new URL(location);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}
