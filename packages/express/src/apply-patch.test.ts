import type { ResponsePatch } from '@keystile/core';
import type { Response } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESS_VERSIONS } from '../../../test/support/express-versions.ts';
import { applyPatch } from './apply-patch.ts';

const NOTHING: ResponsePatch = { set: [], append: [], vary: [], answer: undefined };
const COOKIES = {
  set: [['cache-control', 'private, no-store']],
  append: [
    ['set-cookie', '__session=new; Path=/'],
    ['set-cookie', '__client_uat=1; Path=/'],
  ],
  vary: ['Cookie', 'Authorization'],
} as const;

describe.each(EXPRESS_VERSIONS)('applyPatch on $name', ({ express }) => {
  async function respond(
    patch: Partial<ResponsePatch>,
    before: (res: Response) => void = () => {},
    after: (res: Response) => void = (res) => void res.end(),
  ) {
    const app = express();
    app.get('/', (_req, res) => {
      before(res);
      if (!applyPatch(res, { ...NOTHING, ...patch })) after(res);
    });
    return request(app).get('/');
  }

  it('replaces what is set', async () => {
    const { headers } = await respond({ set: [['cache-control', 'no-store']] }, (res) =>
      res.set('cache-control', 'public, max-age=60'),
    );
    expect(headers['cache-control']).toBe('no-store');
  });

  it('leaves what a CORS middleware said before', async () => {
    const set = [
      ['access-control-allow-origin', 'null'],
      ['access-control-allow-credentials', 'true'],
    ] as const;
    const { headers } = await respond({ set }, (res) => res.set('access-control-allow-origin', 'https://a.example'));
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-credentials': 'true',
    });
  });

  it.each([
    ['nothing', undefined, 'Cookie, Authorization'],
    ['another name', 'Accept', 'Accept, Cookie, Authorization'],
    ['one of the names in another case', 'cookie, Accept', 'cookie, Accept, Authorization'],
    ['everything', '*', '*'],
  ])('merges into a Vary of %s', async (_what, present, want) => {
    const { headers } = await respond({ vary: ['Cookie', 'Authorization'] }, (res) => {
      if (present !== undefined) res.set('vary', present);
    });
    expect(headers.vary).toBe(want);
  });

  it('answers in the place of the application', async () => {
    const response = await respond(
      { answer: { status: 401, body: '{"status":401}' }, set: [['content-type', 'application/problem+json']] },
      undefined,
      () => expect.unreachable(),
    );
    expect(response.status).toBe(401);
    expect(response.body).toEqual({ status: 401 });
  });

  it.each<[string, (res: Response) => void]>([
    ['res.end()', (res) => void res.end()],
    ['res.json()', (res) => void res.json({})],
    ['res.set()', (res) => void res.set({ 'cache-control': 's-maxage=31536000', vary: 'Accept' }).send('page')],
    ['res.writeHead() with names', (res) => void res.writeHead(200, { 'Cache-Control': 'public' }).end('page')],
    ['res.writeHead() with a message', (res) => void res.writeHead(200, 'Fine', { 'cache-control': 'public' }).end()],
    ['res.writeHead() with a list', (res) => void res.writeHead(200, ['Cache-Control', 'public']).end('page')],
    [
      'a stream',
      (res) => {
        res.set('cache-control', 'public').write('a');
        res.end('b');
      },
    ],
    ['a static file', (res) => void res.sendFile('package.json', { root: '.', maxAge: '1y' })],
    ['res.setHeader() of a cookie', (res) => void res.setHeader('set-cookie', 'own=1').end()],
  ])('SC-101 keeps a page with new cookies private after %s', async (_what, after) => {
    const { status, headers } = await respond(COOKIES, undefined, after);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers.vary).toMatch(/Cookie, Authorization$/);
    for (const [, cookie] of COOKIES.append) {
      expect([headers['set-cookie']].flat().filter((line) => line === cookie)).toHaveLength(1);
    }
  });

  it('H3 keeps the cookies of the application beside ours', async () => {
    const { headers } = await respond(COOKIES, undefined, (res) => void res.cookie('own', '1').end());
    expect(headers['set-cookie']).toEqual([...COOKIES.append.map(([, cookie]) => cookie), 'own=1; Path=/']);
  });

  it.each<[string, (res: Response) => void]>([
    ['as a list of lines', (res) => void res.writeHead(200, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end()],
    ['as a list of values', (res) => void res.writeHead(200, ['Set-Cookie', ['a=1', 'b=2']] as never).end()],
    ['by name', (res) => void res.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end()],
  ])('H3 keeps all cookies that the application writes %s', async (_what, after) => {
    const { headers } = await respond(COOKIES, undefined, after);
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2', ...COOKIES.append.map(([, cookie]) => cookie)]);
  });

  it('leaves the caching of an answer without new cookies to the application', async () => {
    const { headers } = await respond(
      { set: COOKIES.set },
      undefined,
      (res) => void res.set('cache-control', 'private').end(),
    );
    expect(headers['cache-control']).toBe('private');
  });
});
