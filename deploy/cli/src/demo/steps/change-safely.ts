import { GatewayProblem } from '@cloud-gateway/client';
import type { TourDeps } from '../tour-deps.ts';

/** Two change what both have read: the first one does, the second one is told. */
export async function changeSafely({
  api,
  account,
  volumeId,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string; volumeId: string }): Promise<void> {
  tell.step(
    'change-safely',
    `Change what nobody else has changed: PATCH …/volumes/${volumeId} with If-Match`,
  );
  const params = { cloud: 'ec2', account, id: volumeId };
  // Attaching has changed it, and the poller may not have seen that yet.
  await api.call('volume-refresh', { params });
  const etag = (await api.send('volume-show', { params })).headers['etag'] ?? '';
  tell.line(`two have read it, with the ETag ${etag}`);
  const change = (name: string) =>
    api.send('volume-update', { params, body: { name }, headers: { 'if-match': etag } });
  const first = await change('mine');
  tell.line(`the first one names it "mine": ${first.status}, ETag ${first.headers['etag']}`);
  const { status, code, message } = await refusalOf(change('no, mine'));
  tell.line(`the second one names it "no, mine": ${status} ${code}`);
  tell.line(`  ${message}`);
  tell.done({ etag, first: first.status, second: status, code });
}

async function refusalOf(call: Promise<unknown>): Promise<GatewayProblem> {
  try {
    await call;
  } catch (err) {
    if (err instanceof GatewayProblem) return err;
    throw err;
  }
  throw new Error('The gateway has taken a change that it should have refused.');
}
