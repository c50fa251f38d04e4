import { createApp } from './app.ts';

// Workers are found by their default export.
export default createApp();
