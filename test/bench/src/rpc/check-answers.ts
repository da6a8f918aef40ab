// Before anything is measured: many different requests at once, each of which must get its own answer. The load
// generator sends one request over and over, and would not notice answers that were mixed up.
import { Agent, request } from 'node:http';
import { type EchoExchange, echoExchange } from '../exchange/echo-exchange.ts';

/** Rejects when an answer is wrong. */
export async function checkAnswers(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  try {
    const ids = Array.from({ length: 500 }, (_, at) => `item-${String(at).padStart(4, '0')}`);
    await Promise.all(ids.map((id) => checkAnswer(url, echoExchange(id), agent)));
  } finally {
    agent.destroy();
  }
}

async function checkAnswer(url: string, exchange: EchoExchange, agent: Agent): Promise<void> {
  const { status, body } = await send(url, exchange, agent);
  if (status === 200 && body === exchange.answer) return;
  throw new Error(`${url}${exchange.target} answered ${status} ${body}, not 200 ${exchange.answer}`);
}

// Not fetch: it refuses a GET with a body.
async function send(
  url: string,
  { method, target, headers, body }: EchoExchange,
  agent: Agent,
): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const sending = request(url + target, {
      method,
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    sending.on('error', reject);
    sending.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }),
      );
    });
    sending.end(body);
  });
}
