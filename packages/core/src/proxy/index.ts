export type { ClientIp } from './client-ip.ts';
export type { ProxyError, ProxyErrorCode } from './proxy-error.ts';
export { type FrontendApiProxyOptions, proxyFrontendApi } from './proxy-frontend-api.ts';
export { DEFAULT_PROXY_PATH, matchesProxyPath, toProxyPath } from './proxy-path.ts';
