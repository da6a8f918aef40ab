import { Writable } from 'node:stream';
import { createLogger, type Logger } from '@cloud-gateway/runtime';
import { captureLogLine } from '@cloud-gateway/test-support';

/** Everything it logs is searched for the secrets of the tests when the run ends. `onText` gets it too. */
export function capturedLogger(service: string, onText: (text: string) => void = () => undefined): Logger {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      const text = String(chunk);
      captureLogLine(service, text);
      onText(text);
      done();
    },
  });
  return createLogger({ service, level: 'debug', destination });
}
