#!/usr/bin/env node
import { exitCodes, isConfigurationError } from '@cloud-gateway/runtime';
import { buildProgram } from './program.ts';

try {
  await buildProgram().parseAsync(process.argv);
  process.exitCode ??= 0;
} catch (err) {
  process.stderr.write(`cloud-gateway: ${err instanceof Error ? err.message : String(err)}\n`);
  process.exitCode = isConfigurationError(err) ? exitCodes.config : exitCodes.failed;
}
