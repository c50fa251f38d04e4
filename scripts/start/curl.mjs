/** A line for a shell that prints the answer and, below it, its status. */
export function toCurl(origin, { method = 'GET', path, token, status }) {
  const parts = ['curl -s', "-w '\\n%{http_code}\\n'"];
  if (method !== 'GET') parts.push(`-X ${method}`);
  if (token !== undefined) parts.push(`-H 'Authorization: Bearer ${token}'`);
  return `${parts.join(' ')} ${origin}${path}  # -> ${status}`;
}
