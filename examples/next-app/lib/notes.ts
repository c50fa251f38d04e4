import 'server-only';
import { cacheLife, cacheTag } from 'next/cache';
import { auth } from './auth';

// A real application has a database here.
const notes = new Map<string, string[]>();

/** The visitor's notes. Whose they are is decided here, and by nobody who calls. */
export async function readNotes(): Promise<readonly string[]> {
  const { userId } = await auth.protect();
  return notesOf(userId);
}

export async function writeNote(text: string): Promise<string> {
  const { userId } = await auth.protect();
  notes.set(userId, [...(notes.get(userId) ?? []), text]);
  return tagOf(userId);
}

/** Cached by the user's id: nothing of a request is read in here. Not exported, so that nobody can ask for others' notes. */
async function notesOf(userId: string): Promise<readonly string[]> {
  'use cache';
  cacheTag(tagOf(userId));
  cacheLife('minutes');
  return notes.get(userId) ?? [];
}

function tagOf(userId: string): string {
  return `notes:${userId}`;
}
