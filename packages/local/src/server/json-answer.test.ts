import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startForTest } from '../backend-api/start-for-test.ts';
import { JsonAnswer } from './json-answer.ts';

const value = { text: 'ä 🎈', list: [1, null] };

describe('a JSON answer is a response to who reads it', () => {
  test.each<[string, (answer: Response) => unknown, unknown]>([
    ['json', (answer) => answer.json(), value],
    ['text', (answer) => answer.text(), JSON.stringify(value)],
    ['arrayBuffer', async (answer) => new TextDecoder().decode(await answer.arrayBuffer()), JSON.stringify(value)],
    ['blob', async (answer) => (await answer.blob()).text(), JSON.stringify(value)],
    ['body', (answer) => new Response(answer.body).json(), value],
    ['clone', async (answer) => [await answer.clone().json(), await answer.json()], [value, value]],
    ['a copy', (answer) => new Response(answer.body, answer).json(), value],
    ['status', (answer) => [answer.status, answer.ok, answer instanceof Response], [201, true, true]],
    ['headers', (answer) => [...answer.headers], [['content-type', 'application/json']]],
  ])('%s', async (_, read, expected) => {
    expect(await read(new JsonAnswer(value, 201))).toEqual(expected);
  });

  test('and is read once', async () => {
    const answer = new JsonAnswer(value, 200);
    expect(answer.bodyUsed).toBe(false);
    await answer.text();
    expect(answer.bodyUsed).toBe(true);
    await expect(answer.text()).rejects.toThrow(TypeError);
  });

  test('a form it is not', async () => {
    await expect(new JsonAnswer(value, 200).formData()).rejects.toThrow(TypeError);
  });
});

test('on a socket it has its length, its status and what was added to its headers', async () => {
  const server = createServer((_, outgoing) => {
    const answer = new JsonAnswer(value, 201);
    answer.headers.append('set-cookie', 'a=1');
    answer.headers.append('set-cookie', 'b=2');
    answer.sendTo(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const received = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(received.status).toBe(201);
  expect(received.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(received.headers.get('content-length')).toBe(String(Buffer.byteLength(JSON.stringify(value))));
  expect(await received.json()).toEqual(value);
});

test.each(['GET', 'HEAD'])('%s over HTTP and in process say the same', async (method) => {
  const backend = await startForTest({ listen: true });
  const init = { method, headers: { authorization: `Bearer ${backend.secretKey}` } };
  const describeAnswer = async (answer: Response) => ({
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  });
  const overHttp = await describeAnswer(await fetch(`${backend.url}/v1/users/count`, init));
  expect(overHttp).toEqual(await describeAnswer(await backend.fetch('/v1/users/count', init)));
  expect(overHttp).toEqual({
    status: 200,
    type: 'application/json',
    text: method === 'HEAD' ? '' : '{"object":"total_count","total_count":0}',
  });
  expect((await backend.fetch('/v1/users/count', init)).constructor).toBe(Response);
});
