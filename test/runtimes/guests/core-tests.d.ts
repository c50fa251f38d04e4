/** Made when the worker is bundled, see core-suite/bundle.mjs. */
declare module 'keystile:core-tests' {
  export const files: Readonly<Record<string, () => Promise<unknown>>>;
}
