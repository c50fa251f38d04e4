/** @returns the text of each generated file, by its path in packages/core */
export declare function generate(): Record<string, string>;
