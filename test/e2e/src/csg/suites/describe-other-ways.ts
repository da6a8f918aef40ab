// Other ways to use the port: as an endpoint, and for what is refused.
import { request as httpRequest } from 'node:http';
import { Agent } from 'node:https';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { certificateAuthorityPemRoute } from '@cloud-gateway/contracts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect } from 'chai';
import type { Acceptance } from '../acceptance.ts';

export function describeOtherWays(acceptance: () => Acceptance): void {
  describe('other ways', () => {
    it('endpoint mode: the service and the region are in the signature', async () => {
      const { world, key } = acceptance();
      const { accessKeyId, secretAccessKey } = key('first');
      const { port } = new URL(world.gateway.proxyUrl);
      const requestHandler = new NodeHttpHandler({ httpsAgent: new Agent({ ca: world.rootPem }) });
      const dynamo = new DynamoDB({
        endpoint: `https://localhost:${port}`,
        region: 'us-west-2',
        credentials: { accessKeyId, secretAccessKey },
        requestHandler,
      });
      expect((await dynamo.listTables({})).TableNames).to.deep.equal([]);
      requestHandler.destroy();

      const call = world.simulator.calls().calls.at(-1);
      expect(call).to.include({ service: 'dynamodb', action: 'ListTables', region: 'us-west-2' });
    });

    it('the API has the same root certificate', async () => {
      const { rootPem, gateway } = acceptance().world;
      const answer = await fetch(`${gateway.edgeUrl}${certificateAuthorityPemRoute.path}`);
      expect((await answer.text()).replaceAll(/\s/g, '')).to.include(rootPem.replaceAll(/\s/g, ''));
    });

    it('plain HTTP to AWS is refused', async () => {
      const { status, body } = await askProxy({
        path: 'http://dynamodb.us-east-1.amazonaws.com/',
        method: 'GET',
      });
      expect(status).to.equal(403);
      expect(body).to.include('https://');
    });

    for (const target of [
      'example.org:443',
      '169.254.169.254:80',
      'localhost:443',
      'amazonaws.com.evil.example:443',
    ]) {
      it(`no tunnel leads to ${target}`, async () => {
        const { status } = await askProxy({ path: target, method: 'CONNECT' });
        expect(status).to.equal(403);
      });
    }
  });

  function askProxy(options: { readonly method: string; readonly path: string }) {
    const { proxyUrl } = acceptance().world.gateway;
    return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const asking = httpRequest(proxyUrl, { ...options, agent: false, signal: AbortSignal.timeout(10_000) });
      asking.once('error', reject);
      asking.once('connect', ({ statusCode }, socket) => {
        socket.destroy();
        resolve({ status: statusCode, body: '' });
      });
      asking.once('response', (answer) => {
        let body = '';
        answer.on('data', (piece: Buffer) => {
          body += String(piece);
        });
        answer.once('end', () => resolve({ status: answer.statusCode, body }));
      });
      asking.end();
    });
  }
}
