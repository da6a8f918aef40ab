// A window onto the calls of one process: a door to the cloud of its own, which notes when each call began and ended.
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedCall {
  readonly door: string;
  /** What is listed: action and region of the signature. */
  readonly action: string;
  readonly region: string;
  /** Not the first page of its listing. */
  readonly isContinuation: boolean;
  readonly beganAtMs: number;
  endedAtMs: number;
}

export interface CallRecorder {
  /** Opens a door of that name and returns its URL. */
  openDoor(name: string): Promise<string>;
  /** Finished calls, in the order in which they began. */
  calls(): readonly RecordedCall[];
  close(): Promise<void>;
}

export function recordCalls(cloudUrl: string): CallRecorder {
  const calls: RecordedCall[] = [];
  const servers: Server[] = [];
  return {
    async openDoor(name) {
      const server = createServer((req, res) => {
        const chunks: Buffer[] = [];
        req.on('data', (chunk: Buffer) => chunks.push(chunk));
        req.on('end', () => {
          const body = Buffer.concat(chunks);
          const call = callOf(name, { body: body.toString(), authorization: req.headers.authorization });
          // Headers as they came, Host too: they are signed.
          const { method = 'GET', url: path, headers } = req;
          const onward = forward(cloudUrl, { method, path, headers }, (answer) => {
            const { statusCode = 502, headers: answerHeaders } = answer;
            answer.once('end', () => {
              call.endedAtMs = performance.now();
              if (statusCode === 200) calls.push(call);
            });
            answer.pipe(res.writeHead(statusCode, answerHeaders));
          });
          onward.once('error', () => res.destroy());
          onward.end(body);
        });
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    calls: () => calls.toSorted((a, b) => a.beganAtMs - b.beganAtMs),
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function callOf(
  door: string,
  { body, authorization = '' }: { body: string; authorization: string | undefined },
): RecordedCall {
  const fields = new URLSearchParams(body);
  return {
    door,
    action: fields.get('Action') ?? '',
    region: /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization)?.[1] ?? '',
    isContinuation: fields.has('NextToken'),
    beganAtMs: performance.now(),
    endedAtMs: Number.POSITIVE_INFINITY,
  };
}
