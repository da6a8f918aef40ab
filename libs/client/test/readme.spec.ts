// The examples of README.md, compiled: each stands there word for word between two lines of dashes here, and never runs.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import {
  type AnyEvent,
  createGatewayClient,
  type GatewayClient,
  InvalidWebhook,
  isGatewayProblem,
  verifyWebhook,
} from '../src/index.ts';

declare const params: { cloud: string; account: string };
declare const lastSequence: number;
declare const request: { readonly headers: Readonly<Record<string, string>> };
declare const rawBody: Buffer;
declare const secret: string;
declare function answer(status: number): void;
declare function handle(event: AnyEvent): Promise<void>;

// ---- open
const gateway = createGatewayClient({
  url: 'https://gateway.example', // or amqps://broker.example/gateway: the same calls, without HTTP
  clientId: 'cli_…',
  clientSecret: 'cgw_s_…', // or token: a token of your own
});
// ----

export async function call(): Promise<void> {
  // ---- call
  const image = await gateway.call('image-show', { params: { ...params, id: 'ami-0abc' } });
  const instance = await gateway.call('instance-create', {
    params,
    body: { region: image.region, imageId: image.cloudId, instanceType: 't3.micro', name: 'web-1' },
    headers: { prefer: 'wait=60' },
  });
  await gateway.call('instance-stop', { params: { ...params, id: instance.id } });
  // ----
}

export async function list(): Promise<void> {
  // ---- list
  for await (const volume of gateway.each('volume-list', { params, query: { state: 'available' } }))
    console.log(volume.cloudId, volume.gigabytes);
  // ----
}

export async function condition(id: string): Promise<void> {
  // ---- condition
  const { body, headers } = await gateway.send('instance-show', { params: { ...params, id } });
  const tags = { ...body?.tags, reviewed: 'yes' };
  await gateway.call('instance-update', {
    params: { ...params, id },
    body: { tags },
    headers: { 'if-match': headers['etag'] ?? '*' }, // refused when somebody else changed it since
  });
  // ----
}

export async function fail(id: string): Promise<void> {
  // ---- fail
  try {
    await gateway.call('instance-terminate', { params: { ...params, id } });
  } catch (error) {
    if (!isGatewayProblem(error)) throw error;
    console.error(error.code, error.message, error.problem.remedy, error.requestId);
  }
  // ----
}

export async function follow(): Promise<void> {
  // ---- follow
  for await (const event of gateway.events({
    types: ['instance'],
    from: { sequences: { 'ec2-1': lastSequence } },
  })) {
    if ('resourceId' in event) console.log(event.sequence, event.cloudId, event.change, event.newState);
    await handle(event); // acknowledged when this has come back
  }
  // ----
}

export async function replay(subscriptionId: string, offset: number): Promise<void> {
  // ---- replay
  const stream = gateway.events({ subscriptionId, offset });
  for await (const event of stream) console.log(stream.lastOffset(), event.id);
  // ----
}

export async function lost(own: GatewayClient, event: AnyEvent): Promise<void> {
  // ---- lost
  if ('subject' in event && event.subject === 'subscription.dropped')
    for (const { account, syncFrom } of event.details.accounts) {
      const changes = await own.call('sync', { query: { account, since: syncFrom } });
      console.log(account, changes.items.length, changes.nextSince, changes.more);
    }
  // ----
}

export async function receive(): Promise<void> {
  // ---- receive
  try {
    await handle(verifyWebhook({ payload: rawBody, headers: request.headers, secret }));
    answer(204);
  } catch (error) {
    answer(error instanceof InvalidWebhook ? 400 : 500); // 500: it is posted again
  }
  // ----
}

// From dist/test, where this runs, to the package.
const packageFolder = new URL('../../', import.meta.url);

describe('README.md', () => {
  it('has the examples that are compiled, and no others', async () => {
    const read = (file: string) => readFile(new URL(file, packageFolder), 'utf8');
    const [readme, source] = await Promise.all([read('README.md'), read('test/readme.spec.ts')]);
    const shown = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = '']) => text);
    const compiled = [...source.matchAll(/^( *)\/\/ ---- \w+\n(.*?)^ *\/\/ ----$/gms)].map(
      ([, indentation = '', text = '']) => text.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
    );
    expect(shown).to.deep.equal(compiled);
  });
});
