// An instance as the cloud keeps it. What can be computed (addresses' names, public address) is computed where it is
// written down, in instance-xml.ts.
import type { Tags } from '../listing/filters.ts';

export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** The codes by which EC2 numbers the states. */
export const stateCodes: Readonly<Record<InstanceState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export interface Instance {
  readonly id: string;
  readonly reservationId: string;
  readonly accountId: string;
  readonly region: string;
  readonly zone: string;
  /** Position in its launch. */
  readonly launchIndex: number;
  readonly imageId: string;
  readonly instanceType: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly platform: 'windows' | undefined;
  readonly keyName: string | undefined;
  readonly clientToken: string | undefined;
  readonly userData: string | undefined;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly privateIp: string;
  /** Another one after each start; shown while it runs, if it has one of its own at all. */
  readonly publicIp: string;
  readonly hasOwnPublicIp: boolean;
  /** Of the elastic address that is associated with it, instead of its own. */
  readonly elasticIp: string | undefined;
  readonly placementGroup: { readonly id: string; readonly name: string } | undefined;
  readonly networkInterfaceId: string;
  readonly rootDeviceName: string;
  readonly rootVolumeId: string;
  readonly rootSizeGiB: number;
  /** Every other volume that it was ever given; the volume knows whether it is still attached. */
  readonly dataVolumeIds: readonly string[];
  readonly hibernationConfigured: boolean;
  readonly terminationProtected: boolean;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly createdAtMs: number;
  /** Of the last start. */
  readonly launchedAtMs: number;
  readonly state: InstanceState;
  /** When a state that passes ends, and when a terminated instance disappears; undefined for states that last. */
  readonly dueAtMs: number | undefined;
  readonly stateReason: { readonly code: string; readonly message: string } | undefined;
  /** StateTransitionReason: empty unless somebody stopped it. */
  readonly transitionReason: string;
  readonly tags: Tags;
}
