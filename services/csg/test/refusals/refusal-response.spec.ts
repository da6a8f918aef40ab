import type { ErrorProtocol } from '@cloud-gateway/aws-services';
import { expect } from 'chai';
import type { RefusalKind } from '../../src/refusals/refusal.ts';
import { type RefusalResponseInput, refusalResponse } from '../../src/refusals/refusal-response.ts';
import { refusalRows } from '../../src/refusals/refusal-rows.ts';

const kinds = Object.keys(refusalRows) as RefusalKind[];
const protocols: readonly ErrorProtocol[] = [
  's3',
  'rest-xml',
  'query',
  'ec2',
  'json-1.0',
  'json-1.1',
  'rest-json',
  'cbor',
];

const input: RefusalResponseInput = {
  refusal: { kind: 'policy-violation', message: "Action 'CreateTable' violates policy 'csg.actions'" },
  protocol: 'json-1.0',
  isQueryMode: false,
  method: 'POST',
  requestId: 'call-1',
  nowMs: Date.UTC(2026, 10, 22, 6, 0, 0),
  closes: false,
};

function responseTo(change: Partial<RefusalResponseInput>) {
  const { status, headers, body } = refusalResponse({ ...input, ...change });
  return {
    status,
    headers: new Map(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: body.toString(),
    length: body.length,
  };
}

describe('refusalResponse', () => {
  for (const protocol of protocols) {
    it(`${protocol}: says 4xx to whatever is the client's fault, 5xx to all else, and the length and the time to all`, () => {
      for (const kind of kinds) {
        const { status, headers, body, length } = responseTo({ protocol, refusal: { kind, message: 'é' } });

        expect(status, kind).to.be.within(
          refusalRows[kind].fault === 'client' ? 400 : 500,
          refusalRows[kind].fault === 'client' ? 499 : 599,
        );
        expect(headers.get('content-length'), kind).to.equal(String(length));
        expect(headers.get('date'), kind).to.equal('Sun, 22 Nov 2026 06:00:00 GMT');
        expect(headers.has('connection'), kind).to.equal(false);
        expect(body, kind).to.contain('é');
      }
    });

    it(`${protocol}: has nothing but its head for HEAD`, () => {
      const { headers, body } = responseTo({ protocol, method: 'HEAD' });

      expect(body).to.equal('');
      expect(headers.get('content-length')).to.equal('0');
      expect(headers.has('content-type')).to.equal(false);
    });
  }

  it('closes the connection only when told so', () => {
    expect(responseTo({ closes: true }).headers.get('connection')).to.equal('close');
  });

  it('s3: Error is the root, and both ids stand in the head as well', () => {
    const { status, headers, body } = responseTo({ protocol: 's3' });

    expect(status).to.equal(403);
    expect(headers.get('content-type')).to.equal('application/xml');
    expect(headers.get('x-amz-request-id')).to.equal('call-1');
    expect(headers.get('x-amz-id-2')).to.equal('Y2FsbC0x');
    expect(body).to.equal(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code>' +
        '<Message>Action &apos;CreateTable&apos; violates policy &apos;csg.actions&apos;</Message>' +
        '<RequestId>call-1</RequestId><HostId>Y2FsbC0x</HostId></Error>',
    );
  });

  it('query and rest-xml: Error stands in ErrorResponse and says whose fault it is', () => {
    for (const protocol of ['query', 'rest-xml'] as const) {
      const { status, headers, body } = responseTo({ protocol });

      expect(status).to.equal(403);
      expect(headers.get('x-amzn-requestid')).to.equal('call-1');
      expect(body).to.match(/<ErrorResponse><Error><Type>Sender<\/Type><Code>AccessDenied<\/Code><Message>/);
      expect(body).to.match(/<\/Error><RequestId>call-1<\/RequestId><\/ErrorResponse>$/);
    }
    expect(responseTo({ protocol: 'query', refusal: { kind: 'overloaded', message: '' } }).body).to.contain(
      '<Type>Receiver</Type>',
    );
  });

  it('ec2: RequestID is spelled so', () => {
    expect(responseTo({ protocol: 'ec2' }).body).to.match(
      /<Response><Errors><Error><Code>UnauthorizedOperation<\/Code>.*<\/Errors><RequestID>call-1<\/RequestID><\/Response>$/,
    );
  });

  it('json: always 400, and the code of the query protocol for a client that asks for it', () => {
    for (const protocol of ['json-1.0', 'json-1.1'] as const) {
      const { status, headers, body } = responseTo({ protocol, isQueryMode: true });

      expect(status).to.equal(400);
      expect(headers.get('content-type')).to.equal(`application/x-amz-${protocol}`);
      expect(headers.get('x-amzn-query-error')).to.equal('AccessDenied;Sender');
      expect(JSON.parse(body)).to.deep.equal({
        __type: 'AccessDeniedException',
        message: input.refusal.message,
      });
    }
    expect(responseTo({}).headers.has('x-amzn-query-error')).to.equal(false);
    expect(
      responseTo({ protocol: 'rest-json', isQueryMode: true }).headers.has('x-amzn-query-error'),
    ).to.equal(false);
  });

  it('rest-json: the code stands in a header', () => {
    const { status, headers } = responseTo({ protocol: 'rest-json' });

    expect(status).to.equal(403);
    expect(headers.get('x-amzn-errortype')).to.equal('AccessDeniedException');
  });

  it('cbor: says that it is', () => {
    expect(responseTo({ protocol: 'cbor' }).headers.get('smithy-protocol')).to.equal('rpc-v2-cbor');
  });
});
