// Files of which a reader never sees half, and of which one of several processes makes the only one.
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Gives the content and the permission bits; undefined when there is no such file. */
export async function readWithMode(path: string): Promise<{ text: string; mode: number } | undefined> {
  const handle = await open(path, 'r').catch(unlessMissing);
  if (handle === undefined) return undefined;
  try {
    // Asked of the open file, not of the path: nobody can swap the file between the question and the reading.
    const { mode } = await handle.stat();
    return { text: await handle.readFile('utf8'), mode: mode & 0o777 };
  } finally {
    await handle.close();
  }
}

/** Makes the file, and its folder; does nothing when there is one already, which another process may have made just now. */
export async function createUnlessThere(path: string, text: string, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await open(temporary, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // link, unlike rename, fails when the name is taken: exactly one process wins.
    await link(temporary, path);
  } catch (err) {
    if (codeOf(err) !== 'EEXIST') throw err;
  } finally {
    await unlink(temporary);
  }
}

function unlessMissing(err: unknown): undefined {
  if (codeOf(err) !== 'ENOENT') throw err;
  return undefined;
}

function codeOf(err: unknown): unknown {
  return err instanceof Error && 'code' in err ? err.code : undefined;
}
