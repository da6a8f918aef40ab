import {
  problemSchema,
  resourceRefreshRoute,
  resourceShowRoute,
  resourceUpdateRoute,
} from '@cloud-gateway/contracts';
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
  const path = `/v1/clouds/ec2/accounts/${account}/volumes/${volumeId}`;
  // Attaching has changed it, and the poller may not have seen that yet.
  await api.call(resourceRefreshRoute('volume'), `${path}/refresh`);
  const etag = (await api.exchange(resourceShowRoute('volume'), path)).headers.get('etag') ?? '';
  tell.line(`two have read it, with the ETag ${etag}`);
  const change = (name: string) =>
    api.exchange(resourceUpdateRoute('volume'), path, { body: { name }, headers: { 'if-match': etag } });
  const first = await change('mine');
  tell.line(`the first one names it "mine": ${first.status}, ETag ${first.headers.get('etag')}`);
  const second = await change('no, mine');
  const { code, detail } = problemSchema.parse(second.body);
  tell.line(`the second one names it "no, mine": ${second.status} ${code}`);
  tell.line(`  ${detail}`);
  tell.done({ etag, first: first.status, second: second.status, code });
}
