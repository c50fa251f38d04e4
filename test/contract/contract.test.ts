import { type LocalBackend, startLocalBackend } from '@keystile/local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BackendError } from '../../packages/core/src/backend/index.ts';
import { databaseForTest } from '../../packages/local/src/store/database-for-test.ts';
import { type ContractOperation, contract } from './contract.ts';
import { createFixtures } from './fixtures.ts';
import { createRecordingClient, type RecordedExchange } from './recording-client.ts';
import { SCENARIO } from './scenario.ts';
import { findDifferences } from './shape.ts';

// Every operation of the contract: through the real client, over HTTP, against the real local backend, its answer
// compared with the declared shape both ways.

const { operations, schemas } = contract;

const database = databaseForTest();
let local: LocalBackend;
let exchanges: RecordedExchange[];
const brokenOff: unknown[] = [];

beforeAll(async () => {
  local = await startLocalBackend({ database: database.location });
  const recording = createRecordingClient(local);
  exchanges = recording.exchanges;
  const stage = { backend: recording.backend, local, fixtures: createFixtures(local), attempt };
  for (const [name, chapter] of Object.entries(SCENARIO)) {
    await chapter(stage).catch((cause: unknown) => brokenOff.push(new Error(name, { cause })));
  }
}, 60_000);

afterAll(async () => {
  await local.close();
  await database.drop();
});

/** Failures are judged by the record; what is no answer of the backend is a fault of the test or of the client. */
async function attempt<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof BackendError && error.code === 'backend-response') return undefined;
    throw error;
  }
}

const isMissing = ({ status, body }: RecordedExchange): boolean =>
  status === 501 && JSON.stringify(body).includes('operation_not_implemented');

function isMissingOperation({ id }: ContractOperation): boolean {
  return exchanges.some((exchange) => exchange.operation === id && isMissing(exchange));
}

describe('every operation of the contract', () => {
  test.each(operations)('$id', (operation) => {
    const { id, method, path, returns } = operation;
    const own = exchanges.filter((exchange) => exchange.operation === id);
    expect(own, 'the scenario calls it').not.toHaveLength(0);
    if (isMissingOperation(operation)) return;
    const pattern = new RegExp(`^/v1${path.replace(/\{\w+\}/g, '[^/]+')}$`);
    for (const exchange of own) {
      expect(`${exchange.method} ${exchange.path}`).toMatch(new RegExp(`^${method} `));
      expect(exchange.path).toMatch(pattern);
      const answer = { status: exchange.status, errors: exchange.status < 400 ? [] : exchange.body };
      expect(answer).toEqual({ status: returns.status, errors: [] });
      const isPaginated = returns.whenPaginated !== undefined && exchange.query.get('paginated') === 'true';
      const shape = isPaginated ? (returns.whenPaginated ?? returns.shape) : returns.shape;
      expect(findDifferences(exchange.body, shape, schemas)).toEqual([]);
    }
  });

  test('no chapter of the scenario breaks off', () => {
    expect(brokenOff).toEqual([]);
  });

  test('has a handler; those without one are told by name', () => {
    const missing = operations.filter(isMissingOperation).map(({ id }) => id);
    console.log(
      [`implemented: ${operations.length - missing.length} of ${operations.length}`, ...missing].join('\n  '),
    );
    expect(operations).toHaveLength(206);
    expect(missing).toEqual([]);
  });
});
