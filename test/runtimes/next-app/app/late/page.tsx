import { connection } from 'next/server.js';
import { Suspense } from 'react';
import { auth } from '../../lib/application.ts';
import { readSecret } from '../../lib/secrets.ts';

/** Its guard comes when the status has been sent. */
export default function LatePage() {
  return (
    <>
      <h1>shell</h1>
      <Suspense fallback={<p>…</p>}>
        <Guarded />
      </Suspense>
      <Suspense fallback={<p>…</p>}>
        <Unguarded />
      </Suspense>
    </>
  );
}

async function Guarded() {
  await connection();
  await auth.protect();
  return <p>behind the guard: {await readSecret()}</p>;
}

async function Unguarded() {
  return <p>beside the guard: {await readSecret()}</p>;
}
