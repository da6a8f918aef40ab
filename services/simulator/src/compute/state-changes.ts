// The answer of start, stop and terminate: what each instance was and what it is now.
import type { XmlObject } from '../xml.ts';
import type { Instance } from './instance.ts';
import { writeState } from './instance-xml.ts';

export interface StateChange {
  readonly before: Instance;
  readonly after: Instance;
}

export function writeStateChange({ before, after }: StateChange): XmlObject {
  return {
    instanceId: after.id,
    currentState: writeState(after.state),
    previousState: writeState(before.state),
  };
}
