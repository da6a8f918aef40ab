// Reads and writes over AMQP: lists an account's volumes, makes one, renames it, deletes it.
//   node calls.mjs [account] [region]
import { randomUUID } from 'node:crypto';
import { argv } from 'node:process';
import { openGateway, settingsFromEnvironment } from './gateway.mjs';

const gateway = await openGateway(settingsFromEnvironment());
try {
  const [wanted, region = 'us-east-1'] = argv.slice(2);
  const accounts = await listAll('/v1/accounts');
  const account = accounts.find(({ id }) => id === (wanted ?? id));
  if (!account) throw new Error('You have not proven this account: POST /v1/accounts with its credentials.');
  const volumes = `/v1/clouds/${account.cloud}/accounts/${account.id}/volumes`;
  console.log(`${account.id} has ${(await listAll(volumes)).length} volumes`);

  // The same request under the same key makes one volume, however often it is sent: send it again when in doubt.
  const creation = {
    body: { region, datacenter: `${region}a`, gigabytes: 1, name: 'example' },
    headers: { prefer: 'wait=20' }, // the answer comes when it is ready, or after 20 s
    idempotencyKey: randomUUID(),
  };
  const first = await gateway.call('POST', volumes, creation);
  const again = await gateway.call('POST', volumes, creation);
  console.log(`created ${first.body.cloudId}, and it is ${first.body.state}`);
  console.log(`sent again: ${again.body.cloudId}, replayed: ${again.headers['idempotency-replayed']}`);

  // Changed only if nobody else has changed it since it was read; else the answer is 412.
  const volume = `${volumes}/${first.body.id}`;
  const read = await gateway.call('GET', volume);
  const renamed = await gateway.call('PATCH', volume, {
    body: { name: 'renamed' },
    headers: { 'if-match': read.headers.etag },
  });
  console.log(`renamed it to ${renamed.body.name}`);

  const deleted = await gateway.call('DELETE', volume);
  console.log(`deleted it: ${deleted.status}`);
} finally {
  await gateway.close();
}

/** Page by page. */
async function listAll(path) {
  const items = [];
  for (let cursor; cursor !== null; ) {
    const { body } = await gateway.call('GET', path, { query: { limit: '100', ...(cursor && { cursor }) } });
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}
