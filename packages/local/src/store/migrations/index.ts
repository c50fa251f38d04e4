import { initial } from './0001-initial.ts';
import { browsersAndWebhooks } from './0002-browsers-and-webhooks.ts';
import { signUpCodes } from './0003-sign-up-codes.ts';
import type { Migration } from './migration.ts';

/** All steps, oldest first. */
export const migrations: readonly Migration[] = [initial, browsersAndWebhooks, signUpCodes];
