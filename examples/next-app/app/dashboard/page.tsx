import { Suspense } from 'react';
import { currentUser } from '../../lib/auth';
import { readNotes } from '../../lib/notes';
import { addNote } from './actions';

export default function DashboardPage() {
  return (
    <>
      <h1>Dashboard</h1>
      <Suspense fallback={<p>…</p>}>
        <Profile />
        <Notes />
      </Suspense>
      <form action={addNote}>
        <input name="text" aria-label="Note" required />
        <button type="submit">Add</button>
      </form>
    </>
  );
}

async function Profile() {
  const user = await currentUser();
  return <p>Hello, {user?.firstName ?? user?.id}.</p>;
}

async function Notes() {
  const notes = await readNotes();
  return (
    <ul>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
