// REST with XML, as Route 53 speaks it; S3 has a dialect of its own.
import { AwsError } from '../aws-error.ts';
import { refuseQuery } from '../identity/auth-refusal.ts';
import { writeElement, xmlDeclaration } from '../xml.ts';
import { type Invocation, impossible, type Protocol, type ReceivedRequest } from './protocol.ts';
import { readXml } from './read-xml.ts';
import type { Reply } from './reply.ts';
import { matchRoute } from './rest-route.ts';
import { runOperation } from './run-operation.ts';

const namespace = 'https://route53.amazonaws.com/doc/2013-04-01/';

export const restXmlProtocol: Protocol = {
  takesBodyInPieces: false,
  understand,
  writeError(error, { requestId }) {
    const type = error.status >= 500 ? 'Receiver' : 'Sender';
    const content = { Error: { Type: type, Code: error.code, Message: error.message }, RequestId: requestId };
    return reply(error.status, withNamespace(writeElement('ErrorResponse', content, 'member')), requestId);
  },
  refuse: refuseQuery,
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
};

function understand({ service, head, body }: ReceivedRequest): Invocation {
  const route = matchRoute(service, head);
  if (!route) return impossible('', new AwsError('InvalidAction', 'There is nothing here.', { status: 404 }));
  const { operation, values } = route;
  return {
    action: operation.name,
    run(call) {
      const members = body.length === 0 ? undefined : readXml(body.toString('utf8'));
      if (typeof members === 'string') throw new AwsError('InvalidInput', 'The body has no elements.');
      const document = runOperation(operation, { ...members, ...values }, call);
      const root = writeElement(`${operation.name}Response`, document, 'member');
      return reply(operation.status, withNamespace(root), call.requestId);
    },
  };
}

function withNamespace(root: string): string {
  return xmlDeclaration + root.replace(/^<\w+/, (start) => `${start} xmlns="${namespace}"`);
}

function reply(status: number, body: string, requestId: string): Reply {
  return { status, contentType: 'text/xml', headers: { 'x-amzn-requestid': requestId }, body };
}
