// Receives the events of a webhook subscription, and takes none that the gateway has not signed. Node alone.
//   WEBHOOK_SECRET=whsec_… node webhook.mjs [port]
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { argv, env } from 'node:process';
import { buffer } from 'node:stream/consumers';

const { WEBHOOK_SECRET: secret } = env;
const toleranceSeconds = 300;
const seen = new Set();

/** https://www.standardwebhooks.com: HMAC-SHA256 of `<id>.<timestamp>.<body>`. `body` is what came, byte by byte. */
function isSigned({ headers, body }) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  // An old request that somebody has recorded is no good.
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds)) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(' ').some((signature) => {
    const [version, encoded = ''] = signature.split(',');
    const given = Buffer.from(encoded, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const server = createServer(async (request, response) => {
  const body = await buffer(request);
  if (!isSigned({ headers: request.headers, body })) {
    response.writeHead(401).end();
    return;
  }
  const event = JSON.parse(body.toString());
  if (!seen.has(event.id)) console.log(`${event.id} ${event.change ?? event.subject}`);
  seen.add(event.id); // an event may come twice
  response.writeHead(204).end(); // any 2xx: taken; anything else: it comes again
});
server.listen(Number(argv[2] ?? 8080), '127.0.0.1', () =>
  console.log(`listening on ${server.address().port}`),
);
