import { connection } from 'next/server';

export async function GET(): Promise<Response> {
  await connection();
  throw new Error('The handler failed.');
}
