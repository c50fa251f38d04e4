import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import './style.css';

export const metadata: Metadata = { title: 'Keystile on Next.js' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">Home</Link> <Link href="/dashboard">Dashboard</Link> <Link href="/orgs/acme">Acme</Link>
        </nav>
        <main>{children}</main>
      </body>
    </html>
  );
}
