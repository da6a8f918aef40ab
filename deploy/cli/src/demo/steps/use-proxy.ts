import { setTimeout as sleep } from 'node:timers/promises';
import { callThroughProxy, type ProxiedAnswer, type ProxiedCall } from '../call-through-proxy.ts';
import type { TourDeps } from '../tour-deps.ts';
import type { OpenedAccess } from './open-access.ts';

export interface UseProxyInput extends Pick<TourDeps, 'api' | 'proxyUrl' | 'tell'> {
  readonly access: OpenedAccess;
}

/** Calls AWS through the proxy with the key that the gateway issued: allowed, not approved, revoked. */
export async function useProxy({ api, proxyUrl, access, tell }: UseProxyInput): Promise<void> {
  tell.step('use-proxy', `Call AWS through the proxy: HTTPS_PROXY=${proxyUrl}`);
  const { items } = await api.call('certificate-authority-list');
  const call = (service: 'dynamodb' | 'sqs', target: string): Promise<ProxiedAnswer> =>
    callThroughProxy({
      proxyUrl,
      ca: items.map(({ pem }) => pem).join('\n'),
      credentials: access,
      host: `${service}.us-east-1.amazonaws.com`,
      service,
      region: 'us-east-1',
      target,
      body: '{}',
    } satisfies ProxiedCall);

  const allowed = await call('dynamodb', 'DynamoDB_20120810.ListTables');
  tell.line(`dynamodb ListTables: ${allowed.status} ${allowed.body.slice(0, 100)}`);
  const notApproved = await call('sqs', 'AmazonSQS.ListQueues');
  tell.line(`sqs ListQueues: ${notApproved.status} ${notApproved.body.slice(0, 120)}`);
  await api.call('access-request-revoke', { params: { request: access.requestId }, body: {} });
  const revoked = await callUntilRefused(() => call('dynamodb', 'DynamoDB_20120810.ListTables'));
  tell.line(`after it was revoked: ${revoked.status} ${revoked.body.slice(0, 100)}`);
  const calls = await usageOf(api, access.accessKeyId);
  tell.line(`GET /v1/usage shows ${calls} calls of this key`);
  tell.done({ allowed: allowed.status, notApproved: notApproved.status, revoked: revoked.status, calls });
}

/** Every proxy knows of a change within a second. */
async function callUntilRefused(call: () => Promise<ProxiedAnswer>): Promise<ProxiedAnswer> {
  for (;;) {
    const answer = await call();
    if (answer.status !== 200) return answer;
    await sleep(50);
  }
}

/** Records are stored within a second. */
async function usageOf(api: TourDeps['api'], accessKeyId: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const { items } = await api.call('usage-summary', { query: { accessKeyId } });
    const calls = items.reduce((sum, item) => sum + item.calls, 0);
    if (calls >= 3 || attempt === 50) return calls;
    await sleep(100);
  }
}
