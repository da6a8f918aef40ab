import type { TLSSocket } from 'node:tls';
import { getItemAnswer } from '../calls/get-item.ts';
import { block, blocksOf } from '../calls/transfer-data.ts';
import { drained } from '../http1/drained.ts';
import { createMessageReader } from '../http1/message-reader.ts';
import type { RequestChecker } from './create-request-checker.ts';

export interface CloudConnectionDeps {
  /** Undefined while nothing is checked. */
  readonly checker: () => RequestChecker | undefined;
  readonly onAnswer: (isRefused: boolean) => void;
}

export function serveCloudConnection(socket: TLSSocket, { checker, onAnswer }: CloudConnectionDeps): void {
  let head = '';
  let body: Buffer[] = [];
  let checking: RequestChecker | undefined;
  const read = createMessageReader({
    onHead: (text) => {
      head = text;
      checking = checker();
    },
    onData: (piece) => {
      if (checking) body.push(piece);
    },
    onEnd: () => {
      if (!checking) {
        onAnswer(false);
        answer(socket, head);
        return;
      }
      const request = { head, body: Buffer.concat(body) };
      body = [];
      void checking(request).then((fault) => {
        onAnswer(fault !== undefined);
        if (fault === undefined) answer(socket, request.head);
        else refuse(socket, fault);
      });
    },
  });
  socket.setNoDelay(true);
  socket.on('data', (bytes: Buffer) => {
    try {
      read(bytes);
    } catch (err) {
      socket.destroy(err instanceof Error ? err : undefined);
    }
  });
  socket.on('error', () => socket.destroy());
}

function answer(socket: TLSSocket, head: string): void {
  if (head.startsWith('POST ')) socket.write(itemAnswer(), 'latin1');
  else if (head.startsWith('PUT ')) socket.write(answerHead(200, 'application/xml', 0), 'latin1');
  else void download(socket, Number(/^GET \/bench\/(\d+) /.exec(head)?.[1] ?? 0));
}

function refuse(socket: TLSSocket, fault: string): void {
  const text = JSON.stringify({ __type: 'InvalidSignatureException', message: fault });
  socket.write(answerHead(403, 'application/x-amz-json-1.0', text.length) + text, 'latin1');
}

async function download(socket: TLSSocket, bytes: number): Promise<void> {
  socket.write(answerHead(200, 'binary/octet-stream', bytes), 'latin1');
  for (let left = blocksOf(bytes); left > 0; left--) {
    if (socket.destroyed) return;
    if (!socket.write(block)) await drained(socket);
  }
}

let made = { atSeconds: 0, text: '' };

/** The same for a second: only its date changes. */
function itemAnswer(): string {
  const atSeconds = Math.floor(Date.now() / 1_000);
  if (made.atSeconds !== atSeconds) {
    made = {
      atSeconds,
      text: answerHead(200, 'application/x-amz-json-1.0', getItemAnswer.length) + getItemAnswer,
    };
  }
  return made.text;
}

function answerHead(status: number, contentType: string, bytes: number): string {
  return `HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Forbidden'}\r
Server: Server\r
Date: ${new Date().toUTCString()}\r
Content-Type: ${contentType}\r
Content-Length: ${bytes}\r
Connection: keep-alive\r
x-amzn-RequestId: 4KQNSO5AEMVJF66Q9ASUAAJG2VVV4KQNSO5AEMVJF66Q9ASUAAJG\r
x-amz-crc32: 2745614147\r
\r
`;
}
