import { styleText } from 'node:util';

/** Styles that the output uses. */
export type Style = 'bold' | 'dim' | 'green' | 'red' | 'cyan';

/** What a command has of the world around it. */
export interface Terminal {
  /** A line for the user, or the result. */
  print(line?: string): void;
  /** A line beside the result: notes and errors. */
  note(line: string): void;
  /** Text in a style, where the terminal shows styles. */
  style(style: Style, text: string): string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Resolves when the user asks to stop (Ctrl-C) or the process is told to. A second time ends it at once. */
  stopped(): Promise<void>;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function createTerminal(process: NodeJS.Process): Terminal {
  const { stdout, stderr, env } = process;
  const hasStyles = stdout.isTTY === true && env.NO_COLOR === undefined && env.TERM !== 'dumb';
  return {
    print: (line = '') => void stdout.write(`${line}\n`),
    note: (line) => void stderr.write(`${line}\n`),
    style: (style, text) => (hasStyles ? styleText(style, text) : text),
    environment: env,
    workingDirectory: process.cwd(),
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of stopSignals) {
          process.once(signal, () => {
            process.once(signal, () => process.exit(130));
            resolve();
          });
        }
      }),
  };
}
