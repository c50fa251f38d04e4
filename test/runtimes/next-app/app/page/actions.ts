'use server';

import { auth } from '../../lib/application.ts';

let visits = 0;

export async function countVisit(): Promise<void> {
  const { userId } = await auth.protect();
  visits++;
  console.log(`visit ${visits} of ${userId}`);
}
