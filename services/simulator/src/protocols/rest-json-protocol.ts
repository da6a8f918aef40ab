// REST with JSON: the action is named by method and path, its input lies in path, query and body, and the kind of an
// error in a header.
import { AwsError } from '../aws-error.ts';
import { refuseJson } from '../identity/auth-refusal.ts';
import { writeJson } from './json-document.ts';
import { type Invocation, impossible, type Protocol, type ReceivedRequest } from './protocol.ts';
import type { Reply } from './reply.ts';
import { matchRoute } from './rest-route.ts';
import { runOperation } from './run-operation.ts';

export const restJsonProtocol: Protocol = {
  takesBodyInPieces: false,
  understand,
  writeError(error, { requestId }) {
    const answer = reply(error.status, JSON.stringify({ message: error.message }), requestId);
    return { ...answer, headers: { ...answer.headers, ...error.headers, 'x-amzn-errortype': error.code } };
  },
  refuse: (refusal) => refuseJson(refusal, 403),
  throttled: () => new AwsError('TooManyRequestsException', 'Rate exceeded'),
};

function understand({ service, head, body }: ReceivedRequest): Invocation {
  const route = matchRoute(service, head);
  if (!route) {
    return impossible(
      '',
      new AwsError('UnknownOperationException', 'There is nothing here.', { status: 404 }),
    );
  }
  const { operation, values } = route;
  return {
    action: operation.name,
    run(call) {
      const document = runOperation(operation, { ...readMembers(body), ...values }, call);
      return reply(operation.status, writeJson(document), call.requestId);
    },
  };
}

function readMembers(body: Buffer): object {
  if (body.length === 0) return {};
  try {
    const document: unknown = JSON.parse(body.toString('utf8'));
    if (typeof document === 'object' && document !== null) return document;
  } catch {
    // Said below, as for a document that is no object.
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object.');
}

function reply(status: number, body: string, requestId: string): Reply {
  const headers = { 'x-amzn-requestid': requestId };
  return status === 204
    ? { status, headers, body: '' }
    : { status, contentType: 'application/json', headers, body };
}
