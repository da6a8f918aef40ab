// An action as a value: what it is called, what it takes, what it does. A new one is a file in handlers/ and a line in
// actions.ts.
import { AwsError } from './aws-error.ts';
import type { Call } from './call.ts';
import type { BucketClass } from './faults/throttling.ts';
import { type Fields, readFields, type ValuesOf, withDefault } from './query/fields.ts';
import type { ParamNode } from './query/params.ts';
import { flag } from './query/scalars.ts';
import type { ServiceName } from './service-name.ts';
import type { XmlObject } from './xml.ts';

export interface ActionSpec<F extends Fields> {
  readonly service: ServiceName;
  readonly name: string;
  readonly input: F;
  /** EC2 only: which token bucket a call draws from. */
  readonly bucket?: BucketClass | ((input: ValuesOf<F>) => BucketClass);
  /** GetCallerIdentity needs no permission. */
  readonly needsNoPermission?: boolean;
  handle(input: ValuesOf<F>, call: Call): XmlObject;
}

export interface Action {
  readonly service: ServiceName;
  readonly name: string;
  readonly needsNoPermission: boolean;
  /** The names of the parameters it knows. */
  readonly parameters: ReadonlySet<string>;
  /** Reads the parameters, honours DryRun, draws from the bucket, does the work. */
  run(params: ParamNode, call: Call): XmlObject;
}

const always = ['Action', 'Version', 'DryRun'];

export function defineAction<F extends Fields>(spec: ActionSpec<F>): Action {
  const topLevel = Object.values(spec.input).map(({ wire }) => wire.split('.', 1)[0] ?? wire);
  return {
    service: spec.service,
    name: spec.name,
    needsNoPermission: spec.needsNoPermission ?? false,
    parameters: new Set([...always, ...topLevel]),
    run(params, call) {
      const input = readFields(spec.input, params);
      const bucket = typeof spec.bucket === 'function' ? spec.bucket(input) : spec.bucket;
      if (bucket !== undefined) call.charge(bucket, 1);
      if (spec.service === 'ec2' && readFields(dryRunField, params).dryRun) {
        throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.');
      }
      return spec.handle(input, call);
    },
  };
}

const dryRunField = { dryRun: withDefault('DryRun', flag, false) };
