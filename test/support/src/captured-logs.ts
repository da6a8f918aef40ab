// Everything that services under test have written, in one file per source, and the secrets that must not be in it.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from './find-secrets.ts';

export type CapturedLogs = {
  captureLogLine(source: string, line: string): void;
  rememberSecret(secret: string): void;
  /** Where secrets are: `file:line` each, without the secret. */
  search(): string[];
};

/** The shortest text that is worth calling a secret: a shorter one would be found by chance. */
const secretCharactersMin = 8;

export function createCapturedLogs(folder: () => string): CapturedLogs {
  const secrets = new Set<string>();
  const sources = new Set<string>();
  return {
    captureLogLine: (source, line) => {
      sources.add(source);
      appendFileSync(join(folder(), `${source.replaceAll(/[^\w.-]/g, '_')}.log`), `${line}\n`);
    },
    rememberSecret: (secret) => {
      if (secret.length < secretCharactersMin)
        throw new Error(`A secret has at least ${secretCharactersMin} characters`);
      secrets.add(secret);
    },
    search: () => {
      if (sources.size === 0 || secrets.size === 0) return [];
      return readdirSync(folder()).flatMap((name) => {
        const path = join(folder(), name);
        const lineNumbers = findSecrets(readFileSync(path, 'utf8'), [...secrets]);
        return lineNumbers.map((lineNumber) => `${path}:${lineNumber}`);
      });
    },
  };
}
