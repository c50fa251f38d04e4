import { describe, expect, it } from 'vitest';
import { viewRequest } from '../request/request-view.ts';
import { isDocumentNavigation, mayRedirect } from './eligibility.ts';

const HTML = 'text/html,application/xhtml+xml';

describe('SC-078 which requests may be redirected', () => {
  it.each([
    ['page load', 'GET', { 'sec-fetch-dest': 'document', accept: HTML }, true, true],
    ['frame', 'GET', { 'sec-fetch-dest': 'iframe', accept: HTML }, true, false],
    ['old browser', 'GET', { accept: HTML }, true, false],
    ['destination alone', 'GET', { 'sec-fetch-dest': 'document' }, true, true],
    ['fetch', 'GET', { 'sec-fetch-dest': 'empty', accept: HTML }, false, false],
    ['image', 'GET', { 'sec-fetch-dest': 'image' }, false, false],
    ['nested frame element', 'GET', { 'sec-fetch-dest': 'frame' }, false, false],
    ['websocket', 'GET', { 'sec-fetch-dest': 'websocket', upgrade: 'websocket' }, false, false],
    ['empty destination', 'GET', { 'sec-fetch-dest': '', accept: HTML }, false, false],
    ['destination in upper case', 'GET', { 'sec-fetch-dest': 'Document' }, false, false],
    ['api client', 'GET', { accept: 'application/json' }, false, false],
    ['html not first', 'GET', { accept: 'application/json, text/html' }, false, false],
    ['nothing said', 'GET', {}, false, false],
    ['form', 'POST', { 'sec-fetch-dest': 'document', accept: HTML }, false, false],
    ['head', 'HEAD', { 'sec-fetch-dest': 'document', accept: HTML }, false, false],
    ['preflight', 'OPTIONS', { 'sec-fetch-dest': 'empty', 'access-control-request-method': 'GET' }, false, false],
    ['lower-case method', 'get', { 'sec-fetch-dest': 'document' }, false, false],
  ] as const)('%s', (_, method, headers, redirects, navigates) => {
    const view = viewRequest({
      method,
      url: 'https://app.example.com/',
      headers: new Headers(headers as Record<string, string>),
    });
    expect([mayRedirect(view), isDocumentNavigation(view)]).toEqual([redirects, navigates]);
  });
});
