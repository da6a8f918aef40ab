// The root of this installation: given by two files, or made at the first start. A key that was made is written together
// with its certificate, in one file, so that there is no moment in which one exists without the other: the certificate's
// own file is a copy, which whoever misses it writes again.
import type { Clock } from '@cloud-gateway/clock';
import { ConfigurationError } from '@cloud-gateway/runtime';
import { createRoot } from './create-root.ts';
import { createUnlessThere, readWithMode } from './private-file.ts';
import { RootRefused, readRoot } from './read-root.ts';
import type { Root } from './root.ts';

export interface LoadRootOptions {
  /** PEM. */
  readonly certificateFile: string;
  /** PEM, without a passphrase, mode 0600. */
  readonly keyFile: string;
  readonly clock: Clock;
  /** Names of the settings that chose the files; they stand in front of what is said about them. */
  readonly settings?: { readonly certificate: string; readonly key: string };
}

/**
 * Reads the pair; makes it (and its folder) when neither file is there. Of several processes that start at once, all get the
 * same root. Throws ConfigurationError with one line that says what to do.
 */
export async function loadRoot(options: LoadRootOptions): Promise<Root> {
  const { certificateFile, keyFile, clock } = options;
  try {
    const keyText = await readKeyFile(options);
    const certificateText = await readCertificateFile(options, keyText);
    return readRoot({ certificateText, keyText, certificateFile, keyFile, clock });
  } catch (err) {
    if (!(err instanceof RootRefused)) throw err;
    const name = options.settings?.[err.file] ?? '';
    throw new ConfigurationError([{ name, message: err.message }]);
  }
}

async function readKeyFile(options: LoadRootOptions): Promise<string> {
  const { certificateFile, keyFile } = options;
  const text = await readPrivateKey(keyFile);
  if (text !== undefined) return text;
  if (!(await read('certificate', certificateFile))) return makeKeyFile(options);
  // Another process, which makes the pair at this moment, writes the key first: asked again, it is there.
  const madeMeanwhile = await readPrivateKey(keyFile);
  if (madeMeanwhile !== undefined) return madeMeanwhile;
  throw new RootRefused(
    'key',
    `${keyFile} is not there, but its certificate ${certificateFile} is; bring the key back, or move the certificate ` +
      'away to have a new root made, which all clients then need',
  );
}

async function makeKeyFile({ keyFile, clock }: LoadRootOptions): Promise<string> {
  const { keyPem, certificatePem } = createRoot(clock.nowMs());
  await write('key', keyFile, keyPem + certificatePem, 0o600);
  // Not what was made here: another process may have been faster.
  const text = await readPrivateKey(keyFile);
  if (text === undefined)
    throw new RootRefused('key', `${keyFile} was removed while it was made; start again`);
  return text;
}

async function readCertificateFile(
  { certificateFile, keyFile }: LoadRootOptions,
  keyText: string,
): Promise<string> {
  const found = await read('certificate', certificateFile);
  if (found) return found.text;
  const [certificatePem] =
    keyText.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/) ?? [];
  if (!certificatePem) {
    throw new RootRefused(
      'certificate',
      `${certificateFile} is not there, but the key ${keyFile} is; give the certificate that belongs to it, or move ` +
        'the key away to have a new root made',
    );
  }
  await write('certificate', certificateFile, certificatePem, 0o644);
  return certificatePem;
}

async function readPrivateKey(keyFile: string): Promise<string | undefined> {
  const found = await read('key', keyFile);
  if (!found || (found.mode & 0o077) === 0) return found?.text;
  throw new RootRefused(
    'key',
    `${keyFile} can be read or written by others than its owner; correct it with: chmod 600 ${keyFile}`,
  );
}

async function read(
  file: 'certificate' | 'key',
  path: string,
): Promise<{ text: string; mode: number } | undefined> {
  try {
    return await readWithMode(path);
  } catch (err) {
    throw new RootRefused(file, `cannot be read: ${messageOf(err)}`);
  }
}

async function write(file: 'certificate' | 'key', path: string, text: string, mode: number): Promise<void> {
  try {
    await createUnlessThere(path, text, mode);
  } catch (err) {
    throw new RootRefused(
      file,
      `cannot be made: ${messageOf(err)}; give a folder that this process may write to`,
    );
  }
}

function messageOf(err: unknown): string {
  return err instanceof Error ? err.message : String(err);
}
