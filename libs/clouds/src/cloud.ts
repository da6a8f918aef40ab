// What the gateway asks of a cloud, whatever its make. Everything that an implementation throws is a GatewayError:
// callers never see a cloud's own exceptions, and no message of one holds a secret.
import type {
  CloudCredentials,
  InstanceBody,
  InstanceLaunch,
  ResourceBody,
  ResourceType,
} from '@cloud-gateway/contracts';

/** One configured cloud. Holds no credentials: they come with each call and are forgotten after it. */
export interface Cloud {
  /** Slug in paths and account ids: `ec2`. */
  readonly id: string;
  /** Which API it speaks: `ec2`. */
  readonly kind: string;
  readonly regions: readonly string[];
  /** What it has and can do, as `GET /v1/clouds` answers. */
  capabilities(): CloudCapabilities;
  readonly pollGroups: readonly PollGroup[];
  /** Tells whether the body will change by itself soon, so that looking again early pays. */
  isTransitional(body: ResourceBody): boolean;
  /** Asks the cloud whose credentials these are. Throws credentials-rejected when they are nobody's. */
  identify(credentials: CloudCredentials, signal: AbortSignal): Promise<CloudIdentity>;
  /**
   * Tells what these credentials may do. Rejected credentials are an answer here (`valid: false`), not an error;
   * throws only when the cloud gave no answer.
   */
  checkCredentials(credentials: CloudCredentials, signal: AbortSignal): Promise<CredentialsCheck>;
  /**
   * The keys that a call to this cloud is signed with. Nothing is kept here: the keys of a role are assumed anew each
   * time, so the caller keeps them until they expire. Throws credentials-rejected when the role cannot be assumed.
   */
  signingCredentials(credentials: CloudCredentials, signal: AbortSignal): Promise<SigningCredentials>;
  /** Cheap and synchronous: connections are shared and made on the first call. */
  open(credentials: CloudCredentials, region: string): CloudSession;
  /** Closes every connection. Open sessions fail afterwards. */
  close(): void;
}

/** One account's view of one region of a cloud. */
export interface CloudSession {
  /**
   * Yields the listing of a poll group, a page at a time, in full detail. A page may be empty. The listing is complete
   * when the iteration ends without a throw, and only then may anybody conclude that something is absent.
   */
  list(pollGroup: string, signal: AbortSignal): AsyncIterable<ResourceBody[]>;
  /** Safe to repeat with the same `idempotencyToken`: launches one instance. */
  launchInstance(spec: InstanceSpec, options: LaunchOptions): Promise<InstanceBody>;
  /** Safe to repeat, like stop and terminate: an instance that is there already stays as it is. */
  startInstance(cloudId: string, signal: AbortSignal): Promise<InstanceBody>;
  stopInstance(cloudId: string, signal: AbortSignal): Promise<InstanceBody>;
  /** NOT safe to repeat, so it is sent once: throws outcome-unknown when it may or may not have reached the cloud. */
  rebootInstance(cloudId: string, signal: AbortSignal): Promise<InstanceBody>;
  terminateInstance(cloudId: string, signal: AbortSignal): Promise<InstanceBody>;
  /** Throws cloud-not-found when the cloud does not know it. */
  showInstance(cloudId: string, signal: AbortSignal): Promise<InstanceBody>;
  /** Gives the connection back. Safe to repeat. */
  close(): void;
}

/** One listing of the cloud that feeds one or more resource types: the unit in which the poller works. */
export interface PollGroup {
  readonly name: string;
  readonly types: readonly ResourceType[];
  /** `published`: the same for every account, so it is listed once per region with any credentials. */
  readonly scope: 'account' | 'published';
  readonly intervalMs: PollInterval;
}

export interface PollInterval {
  /** While something is in transition or was just changed through us. */
  readonly floor: number;
  readonly normal: number;
  /** After many polls that saw no change. */
  readonly ceiling: number;
}

export interface CloudIdentity {
  /** The cloud's own number of the account. */
  readonly cloudAccountId: string;
  /** The cloud's name of the caller, for example an ARN. */
  readonly identity: string;
}

/** Keys as they are; never log or store them. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  /** By the cloud's clock. Undefined: they do not expire. */
  readonly expiresAtMs: number | undefined;
}

export interface CredentialsCheck {
  readonly valid: boolean;
  readonly cloudAccountId: string | null;
  readonly identity: string | null;
  /** The cloud's own names of needed permissions that are denied. */
  readonly missingPermissions: string[];
  /** Needed permissions that could not be checked. */
  readonly unknownPermissions: string[];
  /** What the cloud said, when they are not valid. */
  readonly message: string | null;
}

export interface CloudCapabilities {
  id: string;
  kind: string;
  regions: string[];
  resources: { type: ResourceType; collection: string; calls: string[]; states: string[] }[];
}

/** The region is the session's. */
export type InstanceSpec = Omit<InstanceLaunch, 'region'>;

export interface LaunchOptions {
  /** Equal for every repetition of one wish; any text. */
  readonly idempotencyToken: string;
  /**
   * Written on the instance as a tag, so that it can be traced to the request that made it. It is a part of what the
   * cloud compares, so it has to be equal for every repetition too.
   */
  readonly requestId: string;
  readonly signal: AbortSignal;
}
