// Wraps what a handler returned, or the error it threw, in the envelope of its service's protocol.
import type { AwsError } from '../aws-error.ts';
import { type QueryFacts, type ServiceName, serviceFacts } from '../service-name.ts';
import { createTextBuffer } from '../text-buffer.ts';
import { writeContent, writeElement, writing, type XmlObject, xmlDeclaration } from '../xml.ts';

interface Envelope {
  readonly service: ServiceName;
  readonly requestId: string;
}

export function writeResult(action: string, result: XmlObject, { service, requestId }: Envelope): Buffer {
  const { namespace, itemName } = factsOf(service);
  const text = createTextBuffer();
  const xml = writing(itemName, text.add);
  text.add(`${xmlDeclaration}<${action}Response xmlns="${namespace}">`);
  if (service === 'ec2') {
    xml.element('requestId', requestId);
    xml.content(result);
  } else {
    xml.element(`${action}Result`, result);
    xml.element('ResponseMetadata', { RequestId: requestId });
  }
  text.add(`</${action}Response>`);
  return text.toBuffer();
}

export function writeError(error: AwsError, { service, requestId }: Envelope): string {
  const { namespace, itemName } = factsOf(service);
  if (service === 'ec2') {
    const errors = [{ Code: error.code, Message: error.message }];
    return (
      xmlDeclaration +
      writeElement('Response', { Errors: { Error: errors[0] }, RequestID: requestId }, itemName)
    );
  }
  const type = error.status >= 500 ? 'Receiver' : 'Sender';
  const content = writeContent(
    { Error: { Type: type, Code: error.code, Message: error.message }, RequestId: requestId },
    itemName,
  );
  return `${xmlDeclaration}<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>`;
}

/** A request that is of no service in particular is answered as by EC2. */
function factsOf(service: ServiceName): QueryFacts {
  const facts = serviceFacts[service].query ?? serviceFacts.ec2.query;
  if (!facts) throw new Error('EC2 speaks the query protocol.');
  return facts;
}
