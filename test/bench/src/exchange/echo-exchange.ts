// The one request that every system is sent, and its answer: 1 KB of JSON each way, with the header fields of a usual
// client. A GET, so that our gateway takes it as a read: the class that corresponds to a plain RPC echo.

import { type EchoAnswer, echoAnswer } from './echo-answer.ts';
import type { EchoItem } from './echo-item.ts';
import type { Exchange } from './exchange.ts';

export type EchoExchange = Exchange & { readonly target: string; readonly answer: string };

/** The exchange about the item `id`: all ids of one length give texts of one length. */
export function echoExchange(id: string): EchoExchange {
  const answer: EchoAnswer = echoAnswer({ id, limit: 10, item });
  return {
    method: 'GET',
    target: `/v1/echo/items/${id}?limit=10`,
    targets: [`/v1/echo/items/${id}?limit=10`],
    headers,
    body: JSON.stringify(item),
    answer: JSON.stringify(answer),
  };
}

/** What the measured request authenticates with. */
export const benchToken = 'cgt_bench_0123456789abcdefghijklmnopqrstuvwxyz';

const headers = {
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en',
  authorization: `Bearer ${benchToken}`,
  'content-type': 'application/json',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'user-agent': 'gateway-bench/1.0 (linux; x64)',
  'x-client-version': '4.21.0',
};

const item: EchoItem = {
  name: 'web-frontend-01',
  image: 'ami-0abcdef1234567890',
  instanceType: 'm5.large',
  count: 2,
  subnet: 'subnet-0bb1c79de3EXAMPLE',
  monitored: true,
  securityGroups: ['sg-0123456789abcdef0', 'sg-0fedcba9876543210'],
  disks: [
    { device: '/dev/xvda', gigabytes: 40, encrypted: true },
    { device: '/dev/xvdb', gigabytes: 250, encrypted: false },
  ],
  tags: {
    project: 'storefront',
    stage: 'production',
    owner: 'platform-team@example.com',
    'cost-center': '4711',
  },
  userData: 'I2Nsb3VkLWNvbmZpZwpwYWNr'.repeat(17),
};
