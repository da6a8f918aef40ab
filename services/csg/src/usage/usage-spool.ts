// Usage records that could not be stored yet, one file per batch, until the database is back: lines of JSON, the first
// one with the id of the batch. A file is complete or not there (written aside, synced, renamed). Several processes may
// share a folder: who stores a file claims it by renaming it; should two ever store the same one, the id of the batch
// makes it count once.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsageBatch, UsageCall } from '@cloud-gateway/store';

export interface UsageSpool {
  /** Returns false when the spool is full: nothing is written then. Rejects when the disk fails. */
  write(batch: UsageBatch): Promise<boolean>;
  /** Gives the names of what waits, oldest first; also what a dead process had claimed. */
  list(): Promise<readonly string[]>;
  /** Takes one for this process; undefined when another one has it. */
  claim(name: string): Promise<Claim | undefined>;
  /** Of all files, as far as is known. */
  readonly bytes: number;
}

export interface Claim {
  /** Undefined: it cannot be read. */
  readonly batch: UsageBatch | undefined;
  /** It is stored. */
  done(): Promise<void>;
  /** It is to be tried again later. */
  giveBack(): Promise<void>;
  /** It will never be stored: puts it aside for a person to look at. Returns its path. */
  setAside(): Promise<string>;
}

/** A claim of another process that is older is taken over. */
const claimMs = 60_000;

export async function openUsageSpool({
  directory,
  bytesMax,
}: {
  readonly directory: string;
  readonly bytesMax: number;
}): Promise<UsageSpool> {
  const owner = randomBytes(8).toString('hex');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  let bytes = 0;
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    if (name.endsWith(unfinishedSuffix) && (await isLeftBehind(path)))
      await unlink(path).catch(() => undefined);
    else bytes += await sizeOf(path);
  }

  return {
    get bytes() {
      return bytes;
    },

    async write(batch) {
      const text = toText(batch);
      const size = Buffer.byteLength(text);
      if (bytes + size > bytesMax) return false;
      bytes += size;
      try {
        await writeSynced(join(directory, batch.id), text);
        await syncFolder(directory);
        return true;
      } catch (err) {
        bytes -= size;
        throw err;
      }
    },

    async list() {
      const names = await readdir(directory);
      const free: string[] = [];
      for (const name of names.sort()) {
        if (name.endsWith(waitingSuffix)) free.push(name);
        else if (name.includes(claimedMark) && (await isLeftBehind(join(directory, name)))) free.push(name);
      }
      return free;
    },

    async claim(name) {
      const base = name.slice(0, name.indexOf('.'));
      const path = join(directory, `${base}${claimedMark}${owner}`);
      try {
        await rename(join(directory, name), path);
      } catch (err) {
        if (isMissing(err)) return undefined;
        throw err;
      }
      const text = await readFile(path, 'utf8');
      const size = Buffer.byteLength(text);
      return {
        batch: fromText(text),
        async done() {
          await unlink(path);
          bytes = Math.max(0, bytes - size);
        },
        giveBack: () => rename(path, join(directory, `${base}${waitingSuffix}`)),
        async setAside() {
          const aside = join(directory, `${base}.rejected`);
          await rename(path, aside);
          return aside;
        },
      };
    },
  };
}

const waitingSuffix = '.calls';
const claimedMark = '.claimed-';
/** Of a process that died while it wrote. */
const unfinishedSuffix = '.part';

async function writeSynced(pathWithoutSuffix: string, text: string): Promise<void> {
  const aside = `${pathWithoutSuffix}${unfinishedSuffix}`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (err) {
    await unlink(aside).catch(() => undefined);
    throw err;
  } finally {
    await file.close();
  }
  await rename(aside, `${pathWithoutSuffix}${waitingSuffix}`);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (err) {
    if (isMissing(err)) return 0;
    throw err;
  }
}

// Renaming changes the time of the last change of status, and nothing but that.
async function isLeftBehind(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).ctimeMs > claimMs;
  } catch (err) {
    if (isMissing(err)) return false;
    throw err;
  }
}

function isMissing(err: unknown): boolean {
  return (err as { code?: unknown } | null)?.code === 'ENOENT';
}

function toText({ id, calls }: UsageBatch): string {
  // Only what is stored: nothing else that may hang on a call, such as its query, gets to the disk.
  const lines = calls.map((call) => JSON.stringify(call, storedFields));
  return `${JSON.stringify({ batch: id, calls: calls.length })}\n${lines.join('\n')}\n`;
}

const storedFields = [
  'id',
  'at',
  'organizationId',
  'environmentId',
  'accessRequestId',
  'accessKeyId',
  'userId',
  'service',
  'region',
  'action',
  'method',
  'host',
  'status',
  'outcome',
  'refusal',
  'bytesIn',
  'bytesOut',
  'durationMs',
  'cloudRequestId',
  'clientAddress',
] satisfies (keyof UsageCall)[];

function fromText(text: string): UsageBatch | undefined {
  try {
    const [head, ...lines] = text.trimEnd().split('\n');
    const { batch, calls } = JSON.parse(head ?? '') as { batch: unknown; calls: unknown };
    if (typeof batch !== 'string' || calls !== lines.length) return undefined;
    return { id: batch, calls: lines.map(toCall) };
  } catch {
    return undefined;
  }
}

function toCall(line: string): UsageCall {
  const call = JSON.parse(line) as UsageCall & { at: string };
  return { ...call, at: new Date(call.at) };
}
