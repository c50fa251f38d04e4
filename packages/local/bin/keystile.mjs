#!/usr/bin/env node
// A file that is there before the first build, so that installing a fresh clone can link the command.
import '../dist/bundle/cli.js';
