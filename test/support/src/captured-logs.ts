// Everything that services under test have written, in one file per source, and the secrets that must not be in it. Both
// are in files, because the tests of one run may be in several processes.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from './find-secrets.ts';

export type CapturedLogs = {
  captureLogLine(source: string, line: string): void;
  rememberSecret(secret: string): void;
  /** Where secrets are: `file:line` each, without the secret. */
  search(): string[];
};

/** Made when they are first needed. */
export type CapturedLogsFolders = { logs: () => string; secrets: () => string };

/** The shortest text that is worth calling a secret: a shorter one would be found by chance. */
const secretCharactersMin = 8;

export function createCapturedLogs(folders: CapturedLogsFolders): CapturedLogs {
  const remembered = new Set<string>();
  return {
    captureLogLine: (source, line) => {
      appendFileSync(join(folders.logs(), `${source.replaceAll(/[^\w.-]/g, '_')}.log`), `${line}\n`);
    },
    rememberSecret: (secret) => {
      if (secret.length < secretCharactersMin)
        throw new Error(`A secret has at least ${secretCharactersMin} characters`);
      if (remembered.has(secret)) return;
      remembered.add(secret);
      appendFileSync(join(folders.secrets(), `${process.pid}`), `${JSON.stringify(secret)}\n`, {
        mode: 0o600,
      });
    },
    search: () => {
      const secrets = filesOf(folders.secrets()).flatMap(({ text }) => text.trimEnd().split('\n'));
      const needles = [...new Set(secrets)].map((line): string => JSON.parse(line));
      if (needles.length === 0) return [];
      return filesOf(folders.logs()).flatMap(({ path, text }) =>
        findSecrets(text, needles).map((lineNumber) => `${path}:${lineNumber}`),
      );
    },
  };
}

function filesOf(folder: string): { path: string; text: string }[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return { path, text: readFileSync(path, 'utf8') };
  });
}
