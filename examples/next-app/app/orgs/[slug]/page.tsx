import { Suspense } from 'react';
import { auth } from '../../../lib/auth';

export default function OrganizationPage({ params }: { params: Promise<{ slug: string }> }) {
  return (
    <Suspense fallback={<p>…</p>}>
      <Organization params={params} />
    </Suspense>
  );
}

async function Organization({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  // Members alone see that there is such an organisation; what members may do is asked where it is shown.
  const { orgRole, has } = await auth.protect((_has, { orgSlug }) => orgSlug === slug);
  return (
    <>
      <h1>{slug}</h1>
      <p>
        You are here as <code>{orgRole}</code>.
      </p>
      {has({ permission: 'org:invoices:read' }) && <p>Invoice A-1: 120</p>}
    </>
  );
}
