/**
 * Reads `Retry-After`: seconds, or a date (RFC 9110 section 10.2.3).
 *
 * @param now - in milliseconds since the epoch
 * @returns seconds from now, not below 0; undefined if the header is absent or makes no sense
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  // Date.parse takes `-1` and much else for a date; those of HTTP begin with a day's name.
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
