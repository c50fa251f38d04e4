import { connection } from 'next/server.js';

export async function GET(): Promise<Response> {
  await connection();
  throw new Error('The handler failed.');
}
