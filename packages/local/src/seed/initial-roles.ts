/** Permissions that every instance has; they cannot be changed and are not written into tokens. */
export const systemPermissions = [
  {
    key: 'org:sys_profile:manage',
    name: 'Manage organization',
    description: 'Change the name, slug, logo and settings.',
  },
  { key: 'org:sys_profile:delete', name: 'Delete organization', description: 'Delete the organization.' },
  { key: 'org:sys_memberships:read', name: 'Read members', description: 'See who belongs to the organization.' },
  { key: 'org:sys_memberships:manage', name: 'Manage members', description: 'Add, change, invite and remove members.' },
  { key: 'org:sys_domains:read', name: 'Read domains', description: 'See the domains of the organization.' },
  { key: 'org:sys_domains:manage', name: 'Manage domains', description: 'Add, verify, change and remove domains.' },
  { key: 'org:sys_billing:read', name: 'Read billing', description: 'See plans, statements and payment methods.' },
  { key: 'org:sys_billing:manage', name: 'Manage billing', description: 'Change plans and payment methods.' },
] as const;

/** Roles of a new instance. */
export const initialRoles = [
  {
    key: 'org:admin',
    name: 'Admin',
    description: 'Role with elevated permissions',
    is_creator_eligible: 1,
    permissions: systemPermissions.map(({ key }): string => key),
  },
  {
    key: 'org:member',
    name: 'Member',
    description: 'Role with limited permissions',
    is_creator_eligible: 0,
    permissions: ['org:sys_memberships:read', 'org:sys_billing:read'],
  },
] as const;

/** The role set that organizations use unless told otherwise. */
export const initialRoleSet = {
  key: 'role_set:default',
  name: 'Default',
  description: 'The roles of a new organization',
  type: 'initial',
} as const;
