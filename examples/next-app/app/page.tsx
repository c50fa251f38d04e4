import Link from 'next/link';
import { Suspense } from 'react';
import { auth } from '../lib/auth';

// The page itself is static; what depends on the visitor streams in.
export default function HomePage() {
  return (
    <>
      <h1>Keystile on Next.js</h1>
      <Suspense fallback={<p>…</p>}>
        <Greeting />
      </Suspense>
    </>
  );
}

async function Greeting() {
  const { userId } = await auth();
  return userId === null ? (
    <p>
      You are not signed in. <Link href="/dashboard">Sign in</Link>
    </p>
  ) : (
    <p>
      You are signed in as <code>{userId}</code>.
    </p>
  );
}
