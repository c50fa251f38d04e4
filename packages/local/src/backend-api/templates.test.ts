import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

describe('message templates', () => {
  test('come with the instance, and are listed by type', async () => {
    const { call } = await startForTest();
    const { body: emails } = await call('GET', '/templates/email?limit=100');
    expect(emails.map((one: { slug: string }) => one.slug)).toContain('invitation');
    expect(emails[0]).toMatchObject({
      object: 'template',
      template_type: 'email',
      position: 0,
      can_revert: false,
      enabled: true,
    });
    const { body: page } = await call('GET', '/templates/sms?paginated=true&limit=1&offset=1');
    expect(page).toMatchObject({ data: [{ template_type: 'sms', position: 1, subject: null }], total_count: 3 });
    expect(firstError(await call('GET', '/templates/fax'))).toMatchObject({ status: 400, param: 'template_type' });
    expect((await call('GET', '/templates/email/none')).status).toBe(404);
  });

  test('a changed one can be reverted', async () => {
    const { call, instanceId } = await startForTest();
    const path = '/templates/email/verification_code';
    const { body: original } = await call('GET', path);
    const { body: changed } = await call('PUT', path, { subject: 'Your code', body: 'Code: {{otp_code}}' });
    expect(changed).toMatchObject({
      subject: 'Your code',
      body: 'Code: {{otp_code}}',
      can_revert: true,
      instance_id: instanceId,
      name: original.name,
    });
    expect((await call('PUT', path, { name: 'Code' })).body).toMatchObject({ subject: 'Your code', name: 'Code' });
    expect((await call('POST', `${path}/revert`)).body).toEqual(original);
  });

  test('delivery is toggled, or set', async () => {
    const { call } = await startForTest();
    const toggle = async (body?: object) =>
      (await call('POST', '/templates/email/invitation/toggle_delivery', body)).body.delivered_by_clerk;
    expect([await toggle(), await toggle(), await toggle({ delivered_by_clerk: true })]).toEqual([false, true, true]);
  });

  test('a preview fills in what it is given, and stores nothing', async () => {
    const { call } = await startForTest();
    const path = '/templates/email/verification_code';
    const { body } = await call('POST', `${path}/preview`, {
      subject: '{{otp_code}}!',
      body: '<b>{{otp_code}}</b> {{unknown}}',
    });
    expect(body).toMatchObject({ subject: '424242!', body: '<b>424242</b> ' });
    expect((await call('GET', path)).body.can_revert).toBe(false);
  });

  test.each([
    ['email', { body: 'no code' }, 'body'],
    ['email', { subject: '' }, 'subject'],
    ['email', { from_email_name: 'a@b.example' }, 'from_email_name'],
    ['sms', { subject: 'x' }, 'subject'],
    ['sms', { body: '' }, 'body'],
  ])('SC-129 %s refuse %o', async (type, body, param) => {
    const { call } = await startForTest();
    expect(firstError(await call('PUT', `/templates/${type}/verification_code`, body))).toMatchObject({
      status: 422,
      param,
    });
  });
});

test('webhook delivery is set up, shown and taken down, each in its turn', async () => {
  const { call, url } = await startForTest();
  expect((await call('POST', '/webhooks/svix_url')).status).toBe(400);
  expect((await call('DELETE', '/webhooks/svix')).status).toBe(400);
  expect((await call('POST', '/webhooks/svix')).body.svix_url).toMatch(new RegExp(`^${url}/`));
  expect((await call('POST', '/webhooks/svix')).status).toBe(400);
  expect((await call('POST', '/webhooks/svix_url')).status).toBe(200);
  expect((await call('DELETE', '/webhooks/svix')).status).toBe(204);
});

describe('the interstitial', () => {
  test('is for anybody who names the instance', async () => {
    const { call, publishableKey, url } = await startForTest();
    const answer = await call('GET', `/public/interstitial?publishable_key=${publishableKey}`, undefined, {
      key: null,
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(answer.body).toContain(`${url}/v1/client/handshake`);
    expect((await call('GET', '/public/interstitial', undefined, { key: null })).status).toBe(400);
    expect(
      (await call('GET', '/public/interstitial?publishable_key=pk_test_Zm9vLmV4YW1wbGUk', undefined, { key: null }))
        .status,
    ).toBe(400);
  });

  test('SC-132 repeats nothing of the query', async () => {
    const { call } = await startForTest();
    const markup = encodeURIComponent('</script><script>alert(1)</script>');
    const answer = await call(
      'GET',
      `/public/interstitial?frontend_api=${markup}&domain=${markup}&sign_in_url=${markup}`,
      undefined,
      { key: null },
    );
    expect(answer.body).not.toContain('alert(1)');
  });
});
