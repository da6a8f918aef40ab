// What a fault on order makes of a call: before it takes effect, and of the answer afterwards.
import { AwsError } from '../aws-error.ts';
import type { HttpAnswer } from '../http-server.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { Reply } from '../protocols/reply.ts';
import type { CallFaults } from './faults.ts';

type Outcome = CallFaults['outcome'];

/** Gives the answer of a call that is to have no effect; throws where that is a refusal. */
export function answerBeforeEffect(
  outcome: Outcome,
  { throttled }: Pick<Protocol, 'throttled'>,
): HttpAnswer | undefined {
  switch (outcome?.kind) {
    case 'throttle':
      throw throttled();
    case 'fail':
      throw new AwsError(outcome.code, outcome.message, { status: outcome.status });
    case 'reset-before':
      return { kind: 'reset' };
    case 'hang-before':
      return { kind: 'hang' };
    default:
      return undefined;
  }
}

/** Gives the answer of a call that has taken effect; throws where it is to say that it has not. */
export function answerAfterEffect(outcome: Outcome, reply: Reply): HttpAnswer {
  switch (outcome?.kind) {
    case 'fail-after':
      throw new AwsError('InternalError', 'An internal error has occurred', { status: 500 });
    case 'reset-after':
      return { kind: 'reset' };
    case 'hang-after':
      return { kind: 'hang' };
    case 'reset-mid-answer':
      return { kind: 'half-answer', ...reply };
    default:
      return { kind: 'answer', ...reply };
  }
}
