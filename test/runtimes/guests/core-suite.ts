// Made by core-suite/bundle.mjs: a function to import each file, by its path.
import { files } from 'keystile:core-tests';
import { type File, startTests, type Task, type VitestRunner } from '@vitest/runner';
import type { Guest } from './guest.ts';

/** What became of a test. */
export interface TestOutcome {
  readonly name: string;
  readonly state: string;
  readonly message: string;
}

/** Runs the test file that is asked for. */
export function createGuest(): Guest {
  return {
    async fetch(request) {
      const path = decodeURIComponent(new URL(request.url).pathname.slice(1));
      const importTests = files[path];
      if (importTests === undefined) return new Response(null, { status: 404 });
      const [file] = await startTests([path], createRunner(importTests));
      return Response.json(file === undefined ? [] : outcomesOf(file));
    },
  };
}

function createRunner(importTests: () => Promise<unknown>): VitestRunner {
  return {
    config: {
      root: '/',
      passWithNoTests: false,
      allowOnly: false,
      sequence: { shuffle: false, concurrent: false, seed: 0, hooks: 'stack', setupFiles: 'list' },
      maxConcurrency: 1,
      testTimeout: 30_000,
      hookTimeout: 30_000,
      retry: 0,
      includeTaskLocation: false,
      setupFiles: [],
      tags: [],
      strictTags: false,
    } as unknown as VitestRunner['config'],
    importFile: () => importTests(),
  };
}

function outcomesOf(file: File): TestOutcome[] {
  const tests: TestOutcome[] = [];
  const visit = (task: Task, path: string): void => {
    const name = path === '' ? task.name : `${path} > ${task.name}`;
    if (task.type === 'test') {
      const messages = task.result?.errors?.map(({ message }) => message) ?? [];
      tests.push({ name, state: task.result?.state ?? task.mode, message: messages.join('\n') });
    } else for (const child of task.tasks) visit(child, name);
  };
  if (file.result?.errors?.length) {
    tests.push({
      name: file.name,
      state: 'fail',
      message: file.result.errors.map(({ message }) => message).join('\n'),
    });
  }
  for (const task of file.tasks) visit(task, '');
  return tests;
}
