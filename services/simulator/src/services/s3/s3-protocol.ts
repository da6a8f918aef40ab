// S3's dialect of REST with XML: bodies in pieces, errors without an envelope, and none at all after a HEAD.
import { AwsError } from '../../aws-error.ts';
import { refuseS3 } from '../../identity/auth-refusal.ts';
import {
  type Invocation,
  impossible,
  type Protocol,
  type ReceivedRequest,
} from '../../protocols/protocol.ts';
import { receiveBody } from './receive-body.ts';
import { findS3Action } from './s3-actions.ts';
import { s3Headers, xmlReply } from './s3-reply.ts';
import { readS3Request } from './s3-request.ts';

export const s3Protocol: Protocol = {
  takesBodyInPieces: true,
  understand,
  writeError(error, { requestId, head }) {
    const headers = { ...s3Headers(requestId), ...error.headers };
    if (head.method === 'HEAD') return { status: error.status, headers, body: '' };
    const { code: Code, message: Message } = error;
    const reply = xmlReply(
      'Error',
      { Code, Message, RequestId: requestId, HostId: requestId },
      { status: error.status },
    );
    return { ...reply, headers };
  },
  refuse: refuseS3,
  throttled: () => new AwsError('SlowDown', 'Please reduce your request rate.'),
};

function understand({ head }: ReceivedRequest): Invocation {
  const request = readS3Request(head);
  const action = findS3Action(request);
  if (!action) {
    return impossible('', new AwsError('NotImplemented', 'The simulator does not know this action of S3.'));
  }
  return {
    action: action.name,
    async run(call) {
      action.prepare?.(request, call);
      const body = await receiveBody(request.headers, call);
      const reply = action.handle(request, call, body);
      return { ...reply, headers: { ...s3Headers(call.requestId), ...reply.headers } };
    },
  };
}
