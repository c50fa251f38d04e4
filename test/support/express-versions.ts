import express from 'express';
import express4 from 'express4';

/** What the Express adapter works with. */
export const EXPRESS_VERSIONS = [
  { name: 'Express 5', express },
  { name: 'Express 4', express: express4 },
] as const;
