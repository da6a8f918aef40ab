// The AWS Query protocol and EC2's dialect of it: parameters in a form, answers in XML.
import { findAction } from '../actions.ts';
import { AwsError } from '../aws-error.ts';
import { refuseEc2, refuseQuery } from '../identity/auth-refusal.ts';
import { nodeAt, type ParamNode, parseParams } from '../query/params.ts';
import { serviceFacts } from '../service-name.ts';
import { type Invocation, impossible, type Protocol, type ReceivedRequest } from './protocol.ts';
import { writeError, writeResult } from './query-answer.ts';
import type { Reply } from './reply.ts';

export const queryProtocol: Protocol = {
  takesBodyInPieces: false,
  understand,
  writeError: (error, { service, requestId }) =>
    xml(error.status, requestId, writeError(error, { service, requestId })),
  refuse: refuseQuery,
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
};

export const ec2Protocol: Protocol = {
  ...queryProtocol,
  refuse: refuseEc2,
  throttled: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.'),
};

function understand(request: ReceivedRequest): Invocation {
  const params = readParams(request);
  if (params instanceof AwsError) return impossible('', params);
  const { service } = request;
  const name = paramValue(params, 'Action') ?? '';
  const known = { params, clientToken: paramValue(params, 'ClientToken') };
  const action = findAction(service, name);
  const problem = problemOf(request, params, action !== undefined);
  if (problem || !action) return impossible(name, problem ?? unknownAction(name), known);
  return {
    ...known,
    action: name,
    needsNoPermission: action.needsNoPermission,
    ignoredParameters: [...params.children.keys()].filter(
      (each) => !action.parameters.has(each) && !each.toLowerCase().startsWith('x-amz-'),
    ),
    run(call) {
      const { requestId } = call;
      return xml(200, requestId, writeResult(name, action.run(params, call), { service, requestId }));
    },
  };
}

function readParams({ head, body }: ReceivedRequest): ParamNode | AwsError {
  const at = head.target.indexOf('?');
  const query = at < 0 ? '' : head.target.slice(at + 1);
  try {
    return parseParams(query, body.toString('utf8'));
  } catch (err) {
    if (err instanceof AwsError) return err;
    throw err;
  }
}

function problemOf({ service }: ReceivedRequest, params: ParamNode, known: boolean): AwsError | undefined {
  const name = paramValue(params, 'Action') ?? '';
  const version = paramValue(params, 'Version');
  if (name === '') return new AwsError('MissingAction', 'The request must contain the parameter Action');
  if (version === undefined)
    return new AwsError('MissingParameter', 'The request must contain the parameter Version');
  if (version !== serviceFacts[service].query?.version) {
    return new AwsError(
      'NoSuchVersion',
      `The requested version (${version.slice(0, 40)}) of service ${service} does not exist`,
    );
  }
  return known ? undefined : unknownAction(name);
}

function unknownAction(name: string): AwsError {
  return new AwsError('InvalidAction', `The action ${name.slice(0, 100)} is not valid for this web service.`);
}

/** The version that an unreadable request claims to speak. */
export function claimedVersion(request: ReceivedRequest): string | undefined {
  const params = readParams(request);
  return params instanceof AwsError ? undefined : paramValue(params, 'Version');
}

function paramValue(params: ParamNode, name: string): string | undefined {
  return nodeAt(params, name)?.value;
}

function xml(status: number, requestId: string, body: string | Buffer): Reply {
  return {
    status,
    contentType: 'text/xml;charset=UTF-8',
    headers: { 'x-amzn-requestid': requestId },
    body,
  };
}
