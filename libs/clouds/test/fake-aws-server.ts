// Answers what a test tells it, with the date that a test tells it. It checks nothing: that is the simulator's part.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAwsServer {
  readonly url: string;
  /** Every request but the probes for the time, as the parameters of its body. */
  readonly calls: URLSearchParams[];
  /** X-Amz-Date of each of them. */
  readonly signedAt: string[];
  /** Whose signature each of them has. */
  readonly signedBy: { accessKeyId: string | undefined; sessionToken: string | undefined }[];
  /** The region that each of them is signed for. */
  readonly regions: (string | undefined)[];
  /** How many requests without a body came: probes for the time. */
  probes: number;
  /** The Date header; null sends none. */
  date: () => Date | null;
  /** Answers a call; what it does not answer stays open. */
  answer: (call: URLSearchParams, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startFakeAwsServer(): Promise<FakeAwsServer> {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeAwsServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    signedAt: [],
    signedBy: [],
    regions: [],
    probes: 0,
    date: () => new Date(),
    answer: (_call, response) => response.end(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    const date = fake.date();
    if (date !== null) response.setHeader('date', date.toUTCString());
    if (request.method === 'HEAD') {
      fake.probes += 1;
      response.writeHead(404).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    fake.calls.push(call);
    fake.signedAt.push(String(request.headers['x-amz-date']));
    const [accessKeyId, , region] =
      /Credential=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split('/') ?? [];
    const sessionToken = request.headers['x-amz-security-token']?.toString();
    fake.signedBy.push({ accessKeyId, sessionToken });
    fake.regions.push(region);
    fake.answer(call, response);
  }

  return fake;
}

export function ec2Answer(operation: string, xml: string): string {
  return `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r-1</requestId>${xml}</${operation}Response>`;
}

export function ec2Refusal(code: string, message: string): string {
  return `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r-1</RequestID></Response>`;
}
