import { cbor } from '@smithy/core/cbor';
import { expect } from 'chai';
import { cborErrorBody, queryErrorBody, s3ErrorBody } from '../../src/refusals/error-body.ts';

const ids = { requestId: 'r', hostId: 'h', nowMs: 0 };

describe('errorBody', () => {
  for (const length of [0, 23, 24, 255, 256, 65_535, 65_536]) {
    it(`cbor: the SDK reads a message of ${length} characters`, () => {
      const message = 'm'.repeat(length);

      const read = cbor.deserialize(cborErrorBody({ code: 'AccessDeniedException', message })) as unknown;

      expect(read).to.deep.equal({ __type: 'AccessDeniedException', message });
    });
  }

  it('xml: nothing in a message can become markup, or make the document unreadable', () => {
    const message = '<a b="c">&amp;\r\n\t\0\u{1F600}\uD800\u001B]]>';

    expect(queryErrorBody({ code: 'X', message, requestId: 'r', fault: 'Sender' }).toString()).to.contain(
      '<Message>&lt;a b=&quot;c&quot;&gt;&amp;amp;&#xD;&#xA;&#x9;\uFFFD\u{1F600}\uFFFD\uFFFD]]&gt;</Message>',
    );
  });

  it('s3: tells the time of the server to a client whose own is wrong, and to no other', () => {
    expect(s3ErrorBody({ code: 'RequestTimeTooSkewed', message: '', ...ids }).toString()).to.contain(
      '<ServerTime>1970-01-01T00:00:00.000Z</ServerTime>',
    );
    expect(s3ErrorBody({ code: 'AccessDenied', message: '', ...ids }).toString()).not.to.contain(
      'ServerTime',
    );
  });
});
