import { expect } from 'chai';
import { answerPlainRequest } from '../../src/front/answer-plain-request.ts';

describe('answerPlainRequest', () => {
  const root = { certificatePem: 'PEM', certificateDer: Buffer.from([0x30]), fingerprint256: 'AB:CD' };
  const answer = (target: string, { method = 'GET', isAuthorized = false } = {}) =>
    answerPlainRequest({ kind: 'request', method, target, isAuthorized }, root);

  for (const prefix of ['http://csg', 'http://CSG:80', '']) {
    it(`gives the certificate for ${prefix}/cert/pem and ${prefix}/cert/der`, () => {
      const pem = answer(`${prefix}/cert/pem?x=1`);
      expect(pem).to.include({ status: 200, contentType: 'application/x-x509-ca-cert', body: 'PEM' });
      expect(pem.headers?.['Content-Disposition']).to.match(/^inline; filename="/);
      expect(answer(`${prefix}/cert/der`).body).to.equal(root.certificateDer);
    });
  }

  it('says on its page where the certificate is, and its fingerprint', () => {
    for (const target of ['/', 'http://csg', 'http://csg/']) {
      const page = answer(target);
      expect(page.status).to.equal(200);
      expect(page.body).to.contain('AB:CD').and.to.contain('/cert/pem');
    }
  });

  it('leaves out the body for HEAD', () => {
    expect(answer('http://csg/cert/pem', { method: 'HEAD' })).to.include({ status: 200, isHead: true });
  });

  it('does not take other methods, and has no other pages', () => {
    expect(answer('http://csg/cert/pem', { method: 'DELETE' })).to.deep.include({
      status: 405,
      headers: { Allow: 'GET, HEAD' },
    });
    expect(answer('http://csg/other').status).to.equal(404);
  });

  for (const target of [
    'http://dynamodb.us-east-1.amazonaws.com/',
    'http://csg.example.com/',
    'http://csg:8080/',
    'ws://csg/',
    '*',
    '/bucket/key',
  ]) {
    it(`refuses ${target}`, () => {
      const refused = answer(target);
      expect(refused.status).to.equal(403);
      expect(refused.body).to.match(/Plain HTTP to AWS is refused: use https:/);
    });
  }

  it('refuses what is signed for AWS, wherever it was sent', () => {
    expect(answer('/', { isAuthorized: true }).status).to.equal(403);
  });
});
