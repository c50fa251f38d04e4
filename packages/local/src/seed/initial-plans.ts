/** The plan of those who have chosen none: free, for users and for organizations. */
export const freePlan = (payer: 'user' | 'org') => ({
  name: 'Free',
  slug: `free_${payer}`,
  amount: 0,
  currency: 'USD',
  is_default: 1,
});
