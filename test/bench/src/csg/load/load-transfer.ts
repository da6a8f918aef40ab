// One large object, up or down, on a connection of its own.
import type { TLSSocket } from 'node:tls';
import type { AccessKey } from '../calls/access-key.ts';
import { storageHost } from '../calls/hosts.ts';
import { openTransfer, type TransferKind } from '../calls/transfer.ts';
import { transferCrc32, transferSha256 } from '../calls/transfer-data.ts';
import { drained } from '../http1/drained.ts';
import { createMessageReader } from '../http1/message-reader.ts';
import { secureContextOf } from './item-client.ts';
import { type LoadTarget, openConnection } from './open-connection.ts';

export interface TransferLoad {
  readonly target: LoadTarget;
  readonly key: AccessKey;
  readonly kind: TransferKind;
  readonly bytes: number;
}

export interface TransferResult {
  readonly seconds: number;
}

/** Works out what the transfer needs of its data, so that it does not wait for it. */
export function prepareTransfer({ kind, bytes }: Pick<TransferLoad, 'kind' | 'bytes'>): void {
  if (kind === 'upload-declared') transferSha256(bytes);
  if (kind === 'upload-trailer') transferCrc32(bytes);
}

/** Rejects when the answer is not 200, or a download has not the asked-for length. */
export async function loadTransfer({ target, key, kind, bytes }: TransferLoad): Promise<TransferResult> {
  const socket = await openConnection({
    target,
    host: storageHost,
    secureContext: secureContextOf(target.authority),
  });
  try {
    const { head, body } = openTransfer({ kind, bytes, key, nowMs: Date.now() });
    const startedAtMs = performance.now();
    const [answer] = await Promise.all([readAnswer(socket), send(socket, head, body)]);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const expected = kind === 'download' ? bytes : 0;
    if (answer.status !== 200 || answer.bytes !== expected) {
      throw new Error(
        `${kind}: status ${answer.status}, ${answer.bytes} bytes instead of ${expected}: ${answer.text}`,
      );
    }
    return { seconds };
  } finally {
    socket.destroy();
  }
}

async function send(socket: TLSSocket, head: Buffer, body: Iterable<Buffer>): Promise<void> {
  socket.write(head);
  for (const piece of body) {
    if (socket.destroyed) return; // The reader has the reason.
    if (!socket.write(piece)) await drained(socket);
  }
}

interface Answer {
  readonly status: number;
  readonly bytes: number;
  /** The beginning of the body of an answer that is not 200. */
  readonly text: string;
}

function readAnswer(socket: TLSSocket): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let bytes = 0;
    let text = '';
    const read = createMessageReader({
      onHead: (head) => {
        status = Number(head.slice(9, 12));
      },
      onData: (piece) => {
        bytes += piece.length;
        if (status !== 200) text += piece.toString('latin1', 0, 500);
      },
      onEnd: () => {
        if (status >= 200) resolve({ status, bytes, text }); // 100 Continue is no answer yet.
      },
    });
    socket.on('data', (piece: Buffer) => {
      try {
        read(piece);
      } catch (err) {
        reject(err);
      }
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection ended before the answer')));
  });
}
