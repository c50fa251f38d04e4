import { connection } from 'next/server.js';
import { readers } from '../../lib/secrets.ts';

/** Who has asked for a secret since this was asked last. */
export async function GET(): Promise<Response> {
  await connection();
  return Response.json(readers.splice(0));
}
