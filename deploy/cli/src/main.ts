import { exitCodes, isConfigurationError } from '@cloud-gateway/runtime';
import { errorLine } from './output/error-line.ts';
import { buildProgram } from './program.ts';

// The AWS SDK tells in six lines which Node it will want one day, in the middle of our output.
// biome-ignore lint/style/noProcessEnv: the SDK reads nothing else, and nobody else reads this.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// Who reads our output may have had enough of it (`| head`). Commands that have something to put away hear it themselves.
process.stdout.on('error', (err: NodeJS.ErrnoException) => {
  if (process.stdout.listenerCount('error') === 1) process.exit(err.code === 'EPIPE' ? 0 : exitCodes.failed);
});

try {
  await buildProgram().parseAsync(process.argv);
} catch (err) {
  process.stderr.write(`cloud-gateway: ${errorLine(err)}\n`);
  process.exitCode = isConfigurationError(err) ? exitCodes.config : exitCodes.failed;
}
