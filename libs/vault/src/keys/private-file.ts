// Files that only their owner may read, written so that a reader never sees half of one and a crash leaves the old one.
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VaultError } from '../vault-error.ts';

/** Gives the content, or undefined when there is no such file. Refuses a file that anybody else could have read. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const handle = await open(path, 'r').catch(unlessMissing);
  if (handle === undefined) return undefined;
  try {
    // Asked of the open file, not of the path: nobody can swap the file between the question and the reading.
    const { mode, uid } = await handle.stat();
    if ((mode & 0o077) !== 0) {
      throw new VaultError(
        'keyring',
        `${path} can be read or written by others than its owner; correct it with: chmod 600 ${path}`,
      );
    }
    const ownUid = process.geteuid?.();
    if (ownUid !== undefined && uid !== ownUid && uid !== 0) {
      throw new VaultError(
        'keyring',
        `${path} belongs to another user (uid ${uid}); correct it with: chown ${ownUid} ${path}`,
      );
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** Makes the file and gives its content; when another process was faster, gives what that one wrote. */
export async function createPrivateFile(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = await writeTemporary(path, text);
  try {
    // link, unlike rename, fails when the name is taken: exactly one process wins.
    await link(temporary, path);
  } catch (err) {
    if (codeOf(err) !== 'EEXIST') throw err;
    const winner = await readPrivateFile(path);
    if (winner === undefined)
      throw new VaultError('keyring', `${path} was made and removed again by another process.`);
    return winner;
  } finally {
    await unlink(temporary);
  }
  await flushFolder(path);
  return text;
}

/** Replaces the file in one step. */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  const temporary = await writeTemporary(path, text);
  try {
    await rename(temporary, path);
  } catch (err) {
    await rm(temporary, { force: true });
    throw err;
  }
  await flushFolder(path);
}

/** Runs `work` while holding the lock. Refuses, without waiting, while another process holds it. */
export async function withLockFile<T>(lockPath: string, work: () => Promise<T>): Promise<T> {
  const lock = await open(lockPath, 'wx', 0o600).catch((err: unknown) => {
    if (codeOf(err) !== 'EEXIST') throw err;
    throw new VaultError(
      'keyring',
      `Another change is in progress; if none is, one was killed: remove ${lockPath}`,
    );
  });
  try {
    return await work();
  } finally {
    await lock.close();
    await unlink(lockPath);
  }
}

async function writeTemporary(path: string, text: string): Promise<string> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return temporary;
}

// Without this a crash of the machine may forget the new name, and with it a key that was used already.
async function flushFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function unlessMissing(err: unknown): undefined {
  if (codeOf(err) !== 'ENOENT') throw err;
  return undefined;
}

function codeOf(err: unknown): unknown {
  return err instanceof Error && 'code' in err ? err.code : undefined;
}
