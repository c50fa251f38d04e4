import { describe } from 'vitest';
import { buildNextApplication } from '../conformance/harnesses/next-server.ts';
import { testFrameworkCaches } from './support/framework-caches.ts';
import { testLateGuards } from './support/late-guards.ts';

await buildNextApplication();

describe('SC-097 guards that come too late', () => testLateGuards('proxy'));
describe('SC-102 what Next keeps', () => testFrameworkCaches('proxy'));
