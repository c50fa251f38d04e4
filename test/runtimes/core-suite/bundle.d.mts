export function listCoreTests(): string[];
export function bundleCoreSuite(): Promise<string>;
