import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { ask } from '../ask.ts';
import { startTestEdge, type TestEdge } from '../test-edge.ts';

describe('sendPage', function () {
  this.timeout(serverStartTimeoutMs);
  let edge: TestEdge;
  before(async () => {
    edge = await startTestEdge();
  });
  after(() => edge.stop());

  const pages = {
    '/v1/openapi.json': 'application/json; charset=utf-8',
    '/docs': 'text/html; charset=utf-8',
    '/docs/errors': 'text/html; charset=utf-8',
    '/docs/rapidoc.js': 'text/javascript; charset=utf-8',
  };
  for (const [target, contentType] of Object.entries(pages)) {
    it(`gives ${target} to GET, its headers to HEAD, and nothing to who has it already`, async () => {
      const got = await ask(edge.url, { target: `${target}?any=query` });
      const head = await ask(edge.url, { method: 'HEAD', target });
      const again = await ask(edge.url, { target, headers: { 'if-none-match': String(got.headers.etag) } });

      expect(got.status).to.equal(200);
      expect(got.headers).to.include({
        'content-type': contentType,
        'content-length': String(got.body.length),
        'cache-control': 'no-cache',
      });
      expect(got.headers['x-request-id']).to.match(/^req_/);
      expect(head.headers['content-length']).to.equal(got.headers['content-length']);
      expect(head.body).to.have.length(0);
      expect([again.status, again.body.length]).to.deep.equal([304, 0]);
      expect(again.headers.etag).to.equal(got.headers.etag);
    });

    it(`sends another method on ${target} on to the services`, async () => {
      const { status, json } = await ask(edge.url, { method: 'POST', target, body: 'x' });

      expect(status).to.equal(404);
      expect(json).to.include({ code: 'not-found' });
    });
  }
});
