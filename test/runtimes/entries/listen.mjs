// A guest that listens by itself, on Node's own server or what stands in for it.

import { start } from 'keystile:guest';
import process from 'node:process';

const setup = process.env.KEYSTILE_TEST_SETUP;
const { url } = await start(JSON.parse(setup));
console.log(`port ${new URL(url).port}`);
