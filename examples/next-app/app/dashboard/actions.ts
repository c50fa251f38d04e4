'use server';

import { updateTag } from 'next/cache';
import { writeNote } from '../../lib/notes';

// A server action is a public endpoint: `writeNote` checks who calls.
export async function addNote(form: FormData): Promise<void> {
  const text = String(form.get('text') ?? '').trim();
  if (text !== '') updateTag(await writeNote(text));
}
