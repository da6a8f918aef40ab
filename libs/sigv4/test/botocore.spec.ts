// What boto3 really signs and sends, recorded from botocore: S3 keys with //, .. and every odd character, presigned
// requests, ARNs in paths. See vectors/record-botocore.py.
import { expect } from 'chai';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { presignRequest } from '../src/presign-request.ts';
import { withoutQuerySignature } from '../src/query-signature.ts';
import { resignRequest } from '../src/resign-request.ts';
import { signRequest } from '../src/sign-request.ts';
import { verifySignature } from '../src/verify-signature.ts';
import { readBotocoreVectors } from './vectors/read-vectors.ts';

const { credentials, amzDate, cases } = readBotocoreVectors();
const secret = { id: 'botocore', secretAccessKey: credentials.secretAccessKey };

describe('requests recorded from botocore', () => {
  for (const each of cases) {
    describe(each.name, () => {
      const request = { method: each.method, target: each.target, headers: each.headers };
      const body = { bytes: Buffer.from(each.bodyBase64 ?? '', 'base64') };

      const verify = (changed = request) => {
        const parsed = parseAuthorization(changed);
        if (!parsed.ok) throw new Error(`${parsed.reason}: ${parsed.message}`);
        const verified = verifySignature({
          request: changed,
          parsed,
          secret,
          ...(parsed.payload.kind !== 'streaming' && { body }),
        });
        return { parsed, verified };
      };

      it('verifies', () => {
        const { parsed, verified } = verify();
        expect(verified.ok).to.equal(true);
        expect(parsed.amzDate).to.equal(amzDate);
      });

      it('is refused for another path', () => {
        const target = each.target.replace(/^\/[^?]*/, (path) => `${path}x`);
        expect(verify({ ...request, target }).verified).to.deep.include({ reason: 'signature-mismatch' });
      });

      it('is signed the same by us', () => {
        const { parsed, verified } = verify();
        if (!verified.ok) throw new Error(verified.reason);
        const names = parsed.signedHeaders.filter((name) => name !== 'x-amz-date');
        const input = {
          request: {
            method: each.method,
            target: withoutQuerySignature(each.target),
            headers: each.headers.filter(([name]) => names.includes(name.toLowerCase())),
          },
          credentials: { accessKeyId: credentials.accessKeyId, secret, sessionToken: parsed.sessionToken },
          ...parsed.scope,
          amzDate,
          payloadHash: verified.payloadHash,
        };
        const made =
          parsed.carrier === 'header'
            ? signRequest({ ...input, signedHeaders: parsed.signedHeaders })['authorization']
            : presignRequest({ ...input, expiresSeconds: parsed.expiresSeconds ?? 0 });

        expect(made?.slice(-64)).to.equal(parsed.signature);
      });

      it('verifies after it was signed again', () => {
        const { parsed, verified } = verify();
        if (!verified.ok) throw new Error(verified.reason);
        const other = { id: 'other', secretAccessKey: 'other' };
        const resigned = resignRequest({
          request,
          parsed,
          verified,
          credentials: { accessKeyId: 'AKIDOTHER', secret: other, sessionToken: 'other//token' },
          amzDate: '20270102T030405Z',
          host: 'other.example.com',
        });
        const kept = each.headers.filter(
          ([name]) =>
            !['host', 'authorization', 'x-amz-date', 'x-amz-security-token'].includes(name.toLowerCase()),
        );
        const again = {
          method: each.method,
          target: resigned.target,
          headers: [...kept, ...Object.entries(resigned.headers)],
        };
        const parsedAgain = parseAuthorization(again);
        if (!parsedAgain.ok) throw new Error(parsedAgain.message);

        expect(parsedAgain).to.deep.include({
          carrier: parsed.carrier,
          accessKeyId: 'AKIDOTHER',
          amzDate: '20270102T030405Z',
          sessionToken: 'other//token',
          payload: parsed.payload,
        });
        expect(
          verifySignature({
            request: again,
            parsed: parsedAgain,
            secret: other,
            ...(parsed.payload.kind !== 'streaming' && { body }),
          }).ok,
        ).to.equal(true);
      });
    });
  }
});
