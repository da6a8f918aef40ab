// A log file that does not grow for ever: when it is large it becomes `<file>.1`, in the place of the one before, and a
// new one begins. Only its owner may read it.
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';

export interface LogFileOptions {
  readonly file: string;
  /** The size at which it is put aside. Default: 50 MB, so that both files together are 100 MB at the most. */
  readonly bytesMax?: number;
}

/** Appends to what is there. Rejects when the file cannot be opened; later failures only lose lines. */
export async function openLogFile({ file, bytesMax = 50_000_000 }: LogFileOptions): Promise<Writable> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  let { handle, size } = await openAt(file);

  async function append(lines: Buffer): Promise<void> {
    if (size > 0 && size + lines.length > bytesMax) {
      await rename(file, `${file}.1`);
      const next = await openAt(file);
      await handle.close();
      ({ handle, size } = next);
    }
    await handle.appendFile(lines);
    size += lines.length;
  }

  // A full disk must not end the gateway, and a stream that has once reported an error takes no more.
  const lenient = (done: (error?: Error | null) => void) => (work: Promise<void>) =>
    void work.then(
      () => done(),
      () => done(),
    );
  return new Writable({
    decodeStrings: true,
    write: (chunk: Buffer, _encoding, done) => lenient(done)(append(chunk)),
    writev: (chunks, done) =>
      lenient(done)(append(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)))),
    final: (done) => lenient(done)(handle.close()),
  });
}

async function openAt(file: string): Promise<{ handle: FileHandle; size: number }> {
  const handle = await open(file, 'a', 0o600);
  return { handle, size: (await handle.stat()).size };
}
