import { expect } from 'chai';
import type { DraftName } from './signed-request.ts';
import type { WireAnswer } from './take-answer.ts';

/** A refusal in the shape that clients of this protocol read, with this code. */
export function expectErrorShape(answer: WireAnswer, shape: DraftName, code: string): void {
  const { status, headers, text } = answer;
  expect(status, text).to.be.within(400, 499);
  expectShape(answer, shape, code);
  expect(Math.abs(Date.parse(headers['date'] ?? '') - Date.now()), 'Date').to.be.below(600_000);
  expect(headers['x-cloud-gateway-call-id']).to.be.a('string');
}

/** Like expectErrorShape, for an error that SDKs answer by trying again. */
export function expectRetryableShape(answer: WireAnswer, shape: DraftName): void {
  expect(answer.status, answer.text).to.be.oneOf([502, 503, 504]);
  const codes: Record<DraftName, string> = {
    json: 'ServiceUnavailableException',
    query: 'ServiceUnavailable',
    ec2: 'Unavailable',
    s3: 'ServiceUnavailable',
    s3Get: 'ServiceUnavailable',
    restJson: 'ServiceUnavailableException',
    restXml: 'ServiceUnavailable',
  };
  expectShape(answer, shape, codes[shape]);
}

function expectShape({ headers, text }: WireAnswer, shape: DraftName, code: string): void {
  switch (shape) {
    case 'json':
      expect(JSON.parse(text).__type, text).to.match(new RegExp(`(^|#)${code}$`));
      expect(JSON.parse(text).message).to.be.a('string');
      expect(headers['x-amzn-requestid']).to.be.a('string');
      return;
    case 'restJson':
      expect(headers['x-amzn-errortype'], text).to.equal(code);
      expect(JSON.parse(text).message).to.be.a('string');
      return;
    case 's3':
    case 's3Get':
      expect(text).to.match(new RegExp(`<Error>.*<Code>${code}</Code>.*<Message>[^<]+</Message>`, 's'));
      expect(headers['x-amz-request-id']).to.be.a('string');
      return;
    case 'ec2':
      expect(text).to.match(new RegExp(`<Response>.*<Errors>.*<Code>${code}</Code>.*<RequestID>`, 's'));
      return;
    case 'query':
    case 'restXml':
      expect(text).to.match(new RegExp(`<ErrorResponse.*<Code>${code}</Code>.*<RequestId>`, 's'));
  }
}
