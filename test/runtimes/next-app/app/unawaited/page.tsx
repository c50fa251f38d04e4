import { auth } from '../../lib/application.ts';
import { readSecret } from '../../lib/secrets.ts';

/** Its guard is not awaited, which is the mistake. */
export default async function UnawaitedPage() {
  auth.protect();
  return <p>{await readSecret()}</p>;
}
