import type { GatewayError } from '@cloud-gateway/contracts';
import type { Http } from './write-deps.ts';

/** One call of EC2 of the several that a change may take. Safe to send again. */
export interface Step {
  /** EC2's name of the call. */
  readonly action: string;
  readonly send: (http: Http, dryRun: { readonly DryRun?: true }) => Promise<unknown>;
  /** True: EC2 cannot be asked whether it would work. */
  readonly hasNoDryRun?: boolean;
  /** Tells of a refusal whether it says that an earlier attempt has done it already. */
  readonly isDone?: (refusal: GatewayError) => Promise<boolean>;
}
