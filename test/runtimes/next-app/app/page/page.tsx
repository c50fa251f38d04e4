import { auth } from '../../lib/application.ts';
import { countVisit } from './actions.ts';

/** A page that guards itself, and an action that does. */
export default async function ProtectedPage() {
  const { userId } = await auth.protect();
  return (
    <form action={countVisit}>
      <p>secret of {userId}</p>
      <button type="submit">count</button>
    </form>
  );
}
