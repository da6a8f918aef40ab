// What a wire protocol does for the story of a call: it finds out what is asked, and gives every answer its shape.
import type { RequestHead } from '@cloud-gateway/sigv4';
import type { AwsError } from '../aws-error.ts';
import type { WireCall } from '../call.ts';
import type { AuthRefusal } from '../identity/auth-refusal.ts';
import type { ParamNode } from '../query/params.ts';
import type { ServiceName } from '../service-name.ts';
import type { Reply } from './reply.ts';

export interface ReceivedRequest {
  readonly service: ServiceName;
  readonly head: RequestHead;
  /** The whole of it; empty where the protocol takes its body in pieces. */
  readonly body: Buffer;
}

/** What a request asks for. */
export interface Invocation {
  /** Empty when it cannot be told. */
  readonly action: string;
  /** What is wrong with the request, to be said once it is known who asks. */
  readonly problem?: AwsError;
  readonly needsNoPermission?: boolean;
  /** Of the query protocol. */
  readonly params?: ParamNode;
  readonly clientToken?: string | undefined;
  readonly ignoredParameters?: readonly string[];
  run(call: WireCall): Reply | Promise<Reply>;
}

/** What an error is written for. */
export interface ErrorContext {
  readonly service: ServiceName;
  readonly requestId: string;
  readonly head: RequestHead;
}

export interface Protocol {
  /** The body is taken in pieces, by the action: it is too large to be held. */
  readonly takesBodyInPieces: boolean;
  /** Throws nothing. */
  understand(request: ReceivedRequest): Invocation;
  writeError(error: AwsError, context: ErrorContext): Reply;
  refuse(refusal: AuthRefusal): AwsError;
  throttled(): AwsError;
}

/** An invocation of something that cannot be done. */
export function impossible(action: string, problem: AwsError, rest: Partial<Invocation> = {}): Invocation {
  return {
    ...rest,
    action,
    problem,
    run: () => {
      throw problem;
    },
  };
}
