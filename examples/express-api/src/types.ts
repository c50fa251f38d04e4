/** What this application knows of its own sessions: from here on a permission that does not exist does not compile. */
declare module '@keystile/core' {
  interface Register {
    roles: 'org:admin' | 'org:member';
    permissions: 'org:invoices:read' | 'org:invoices:manage';
  }
}

export {};
