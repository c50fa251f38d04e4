#!/usr/bin/env node
import { enableCompileCache } from './cli/enable-compile-cache.ts';
import { runCli } from './cli/run-cli.ts';
import { createTerminal } from './cli/terminal.ts';

// What is large is imported by the commands.
enableCompileCache();
process.exitCode = await runCli(process.argv.slice(2), createTerminal(process));
