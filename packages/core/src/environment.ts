/** Environment variables by name, wherever the runtime keeps them (`process.env`, a Worker's bindings). */
export type Environment = Readonly<Record<string, unknown>>;

/** The process's environment, where there is one. The only place of this package that looks at it. */
export function processEnvironment(): Environment {
  return (globalThis as { process?: { env?: Environment } }).process?.env ?? {};
}

/** The text of a variable; an empty one counts as not set. */
export function readText(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A switch: `true` in any case or a positive whole number is on (adapters section 1.2). */
export function readSwitch(environment: Environment, name: string): boolean | undefined {
  const text = readText(environment, name)?.toLowerCase();
  if (text === undefined) return undefined;
  return text === 'true' || (/^\d+$/.test(text) && Number(text) > 0);
}

/**
 * Whether work goes on once the request that began it has been answered. Workers and other edge runtimes end it with the
 * request, unless they are told to wait for it.
 */
export function worksInBackground(): boolean {
  const { navigator, EdgeRuntime } = globalThis as { navigator?: { userAgent?: string }; EdgeRuntime?: unknown };
  return navigator?.userAgent !== 'Cloudflare-Workers' && EdgeRuntime === undefined;
}
