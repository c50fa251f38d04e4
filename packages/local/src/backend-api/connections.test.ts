import { describe, expect, test } from 'vitest';
import { firstError, startForTest } from './start-for-test.ts';

// Self-signed, without a purpose beyond these tests.
const certificate = `-----BEGIN CERTIFICATE-----
MIIBgjCCASmgAwIBAgIUIYMtMlRlhUGa/r76tMrcgd5aBdYwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLaWRwLmV4YW1wbGUwIBcNMjYxMTIzMTQxMDA5WhgPMjEyNjEw
MzAxNDEwMDlaMBYxFDASBgNVBAMMC2lkcC5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAERmPZRU8A+Z1zJ5t/8Bt0cenh88snavlPATXDZBES4uo+VSgs
uxTiLQSPgd1Gggo9i22Nuv/xmLKxIfgblHk4vKNTMFEwHQYDVR0OBBYEFNYko8U2
5iNdvbT3JV8Bmy3UObxvMB8GA1UdIwQYMBaAFNYko8U25iNdvbT3JV8Bmy3UObxv
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgEAV98V1YEfm3UNuT
4XSZFAIEZkhyuLq4izS1K6QofPwCIBR6oxMwsa9Mf80J7CjkRWyicSHGJrj/dQUv
GI4X6sf8
-----END CERTIFICATE-----`;

const idp = {
  idp_entity_id: 'https://idp.example',
  idp_sso_url: 'https://idp.example/sso',
  idp_certificate: certificate,
};

const metadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/entity"><md:IDPSSODescriptor>
<ds:X509Certificate>MIIBsample</ds:X509Certificate>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/login"/>
</md:IDPSSODescriptor></md:EntityDescriptor>`;

describe('SAML connections', () => {
  const create = (backend: Awaited<ReturnType<typeof startForTest>>, more: object = {}) =>
    backend.call('POST', '/saml_connections', { name: 'Okta', provider: 'saml_okta', domain: 'Corp.example', ...more });

  test('begin inactive, with the URLs that their identity provider needs', async () => {
    const backend = await startForTest();
    const { body } = await create(backend, { ...idp, attribute_mapping: { email_address: 'email' } });
    expect(body).toMatchObject({
      object: 'saml_connection',
      domain: 'corp.example',
      domains: ['corp.example'],
      active: false,
      sync_user_attributes: true,
      user_count: 0,
      attribute_mapping: { user_id: 'id', email_address: 'email' },
      acs_url: `${backend.url}/v1/saml/acs/${body.id}`,
      ...idp,
    });
  });

  test('metadata as text wins over the single fields', async () => {
    const backend = await startForTest();
    expect((await create(backend, { ...idp, idp_metadata: metadata })).body).toMatchObject({
      idp_entity_id: 'https://idp.example/entity',
      idp_sso_url: 'https://idp.example/login',
      idp_certificate: 'MIIBsample',
    });
  });

  test('are switched on once they know their identity provider', async () => {
    const backend = await startForTest();
    const { body } = await create(backend);
    const path = `/saml_connections/${body.id}`;
    expect(firstError(await backend.call('PATCH', path, { active: true }))).toMatchObject({
      status: 422,
      code: 'saml_connection_incomplete',
    });
    expect((await backend.call('PATCH', path, { ...idp, active: true })).body.active).toBe(true);
    expect((await backend.call('PATCH', path, { name: 'Renamed' })).body).toMatchObject({
      active: true,
      name: 'Renamed',
      ...idp,
    });
  });

  test('enrollment by the same domain gives way, with consent', async () => {
    const backend = await startForTest();
    const { call } = backend;
    const { body: organization } = await call('POST', '/organizations', { name: 'Corp' });
    await call('POST', `/organizations/${organization.id}/domains`, {
      name: 'corp.example',
      enrollment_mode: 'automatic_invitation',
    });
    const { body } = await create(backend, idp);
    const path = `/saml_connections/${body.id}`;
    expect(firstError(await call('PATCH', path, { active: true }))).toMatchObject({
      status: 422,
      code: 'organization_domains_clash',
    });
    expect((await call('PATCH', path, { active: true, consent_verified_domains_deletion: true })).body.active).toBe(
      true,
    );
    expect((await call('GET', `/organizations/${organization.id}/domains`)).body.total_count).toBe(0);
  });

  test.each([
    ['no domain', { domain: undefined }, 422, 'domain'],
    ['a domain that is none', { domain: 'corp' }, 422, 'domain'],
    ['an unknown provider', { provider: 'saml_x' }, 422, 'provider'],
    ['an unknown organization', { organization_id: 'org_x' }, 404, undefined],
    ['a certificate that is none', { idp_certificate: 'x' }, 422, 'idp_certificate'],
    ['a sign-on URL that runs', { idp_sso_url: 'javascript:alert(1)' }, 422, 'idp_sso_url'],
    ['metadata that is none', { idp_metadata: '<html/>' }, 422, 'idp_metadata'],
  ])('SC-129 refuse %s', async (_, more, status, param) => {
    const backend = await startForTest();
    expect(firstError(await create(backend, more))).toMatchObject({ status, ...(param && { param }) });
  });

  test('a domain belongs to one connection, of either kind', async () => {
    const backend = await startForTest();
    await create(backend);
    expect(firstError(await create(backend, { domain: 'CORP.example' }))).toMatchObject({
      status: 422,
      code: 'duplicate_record',
    });
    const other = { name: 'x', provider: 'oidc_custom', domains: ['corp.example'] };
    expect(firstError(await backend.call('POST', '/enterprise_connections', other))).toMatchObject({
      status: 422,
      code: 'duplicate_record',
    });
  });

  test('are listed by text and organization, and deleted', async () => {
    const backend = await startForTest();
    const { call } = backend;
    const { body: organization } = await call('POST', '/organizations', { name: 'Corp' });
    const { body: first } = await create(backend, { organization_id: organization.id });
    const { body: second } = await create(backend, { name: 'Google', domain: 'other.example' });
    const ids = async (query: string) =>
      (await call('GET', `/saml_connections?${query}`)).body.data.map((one: { id: string }) => one.id);
    expect(await ids('query=OOG')).toEqual([second.id]);
    expect(await ids(`organization_id=${organization.id}`)).toEqual([first.id]);
    expect(await ids(`organization_id=-${organization.id}`)).toEqual([second.id]);
    expect((await call('DELETE', `/saml_connections/${first.id}`)).body.deleted).toBe(true);
    expect((await call('GET', `/saml_connections/${first.id}`)).status).toBe(404);
  });
});

describe('enterprise connections', () => {
  const oidc = {
    client_id: 'c',
    client_secret: 'very-secret',
    discovery_url: 'https://idp.example/.well-known/openid-configuration',
  };
  const create = (backend: Awaited<ReturnType<typeof startForTest>>, more: object = {}) =>
    backend.call('POST', '/enterprise_connections', {
      name: 'IdP',
      provider: 'oidc_custom',
      domains: ['Corp.example'],
      oidc,
      ...more,
    });

  test('of OIDC keep the client secret to themselves', async () => {
    const backend = await startForTest();
    const { status, body } = await create(backend);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      domains: ['corp.example'],
      active: false,
      saml_connection: null,
      oauth_config: { provider_key: 'oidc_custom', client_id: 'c', requires_pkce: false },
    });
    const stored = await backend.context.db.selectFrom('enterprise_connections').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify([body, stored])).not.toContain('very-secret');
  });

  test('of SAML need their metadata to be active', async () => {
    const backend = await startForTest();
    const saml = { provider: 'saml_custom', oidc: undefined, active: true };
    expect(firstError(await create(backend, saml))).toMatchObject({
      status: 422,
      code: 'enterprise_connection_incomplete',
    });
    const { body } = await create(backend, { ...saml, saml: idp });
    expect(body).toMatchObject({
      active: true,
      oauth_config: null,
      saml_connection: { idp_entity_id: idp.idp_entity_id },
    });
  });

  test.each([
    ['the properties of the other protocol', { saml: idp }, 422, 'saml'],
    ['no domains', { domains: [] }, 422, 'domains'],
    ['an unknown organization', { organization_id: 'org_x' }, 404, undefined],
    ['a discovery URL that is none', { oidc: { discovery_url: 'idp' } }, 422, 'oidc.discovery_url'],
    ['custom attributes without a key', { custom_attributes: [{ name: 'x' }] }, 422, 'custom_attributes[0].key'],
  ])('SC-129 refuse %s', async (_, more, status, param) => {
    const backend = await startForTest();
    expect(firstError(await create(backend, more))).toMatchObject({ status, ...(param && { param }) });
  });

  test('a change keeps what it does not name; an organization is never unlinked; enabling frees the domains', async () => {
    const backend = await startForTest();
    const { call } = backend;
    const { body: organization } = await call('POST', '/organizations', { name: 'Corp' });
    await call('POST', `/organizations/${organization.id}/domains`, { name: 'corp.example' });
    const { body } = await create(backend, { organization_id: organization.id });
    const path = `/enterprise_connections/${body.id}`;
    expect(firstError(await call('PATCH', path, { organization_id: '' }))).toMatchObject({
      status: 422,
      param: 'organization_id',
    });
    const changed = await call('PATCH', path, { domains: [], active: true, oidc: { requires_pkce: true } });
    expect(changed.body).toMatchObject({
      domains: ['corp.example'],
      organization_id: organization.id,
      active: true,
      oauth_config: { client_id: 'c', requires_pkce: true },
    });
    expect((await call('GET', `/organizations/${organization.id}/domains`)).body.total_count).toBe(0);
    expect((await call('GET', '/enterprise_connections?active=true')).body.total_count).toBe(1);
    expect((await call('GET', '/enterprise_connections?active=false')).body.total_count).toBe(0);
    expect((await call('DELETE', path)).body.deleted).toBe(true);
    expect((await call('PATCH', path, {})).status).toBe(404);
  });
});
