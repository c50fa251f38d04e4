import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));

export interface BundleOptions {
  /** A file of `entries`, without its extension. */
  readonly entry: string;
  /** A file of `guests`, without its extension. */
  readonly guest: string;
  /**
   * The conditions by which a bundler chooses among the exports of packages. Without them packages stay outside, and the
   * runtime finds them by itself, as it does in an application.
   */
  readonly conditions?: readonly string[] | undefined;
}

/** Makes one file of a guest and the entry of a runtime, and gives its path. Our packages are the built ones. */
export async function bundleGuest({ entry, guest, conditions }: BundleOptions): Promise<string> {
  const outfile = path(`dist/${entry}-${guest}.mjs`);
  await build({
    entryPoints: [path(`entries/${entry}.mjs`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    logLevel: 'error',
    plugins: [
      {
        name: 'guest',
        setup({ onResolve }) {
          onResolve({ filter: /^keystile:guest$/ }, () => ({ path: path(`guests/${guest}.ts`) }));
        },
      },
    ],
    ...(conditions === undefined ? { packages: 'external' } : { conditions: [...conditions] }),
  });
  return outfile;
}
