// The captured output of this mocha run.
import { createCapturedLogs } from './captured-logs.ts';
import { runFolder } from './run-folder.ts';

const captured = createCapturedLogs({ logs: () => runFolder('logs'), secrets: () => runFolder('secrets') });

/** Adds a line of output to the run's captured logs: of a service in this process, or of anything else worth searching. */
export const captureLogLine = captured.captureLogLine;

/** Names a secret of a test (8 characters at least): the run fails when any captured line holds it, plain or in base64. */
export const rememberSecret = captured.rememberSecret;

export const searchCapturedLogs = captured.search;
