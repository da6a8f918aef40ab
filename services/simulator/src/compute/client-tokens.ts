// Creates that are safe to repeat: what a call with a client token made, for when the call comes again. The same request
// gets the same resource, another one with the same token is refused.
//   https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { flattenParams } from '../query/params.ts';
import type { StateKind } from '../states.ts';

interface RememberedCreate {
  readonly fingerprint: string;
  readonly resourceId: string;
}

// One scope for each action: CopyImage and CreateVolume may use the same token.
const createsKind: StateKind<Map<string, RememberedCreate>> = {
  name: 'ec2-client-tokens',
  reach: 'region',
  create: () => new Map(),
};

/** Gives the id of what an earlier call made, or makes it. Without a token, every call makes another one. */
export function oncePerToken(
  action: string,
  clientToken: string | undefined,
  call: Call,
  create: () => string,
): string {
  if (clientToken === undefined) return create();
  const creates = call.stateOf(createsKind);
  const name = `${action}/${clientToken}`;
  const fingerprint = fingerprintOf(call);
  const known = creates.get(name);
  if (known) {
    if (known.fingerprint !== fingerprint) throw otherParameters();
    return known.resourceId;
  }
  const resourceId = create();
  creates.set(name, { fingerprint, resourceId });
  return resourceId;
}

/** Everything that was asked for; not who asked and how it was signed. */
export function fingerprintOf({ params }: Pick<Call, 'params'>): string {
  const pairs = flattenParams(params).filter(([name]) => !name.toLowerCase().startsWith('x-amz-'));
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
}

export function otherParameters(): AwsError {
  return new AwsError(
    'IdempotentParameterMismatch',
    'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
  );
}
