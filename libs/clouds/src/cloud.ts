// What the gateway asks of a cloud, whatever its make. Everything that an implementation throws is a GatewayError:
// callers never see a cloud's own exceptions, and no message of one holds a secret.
import type {
  CloudCredentials,
  CreatableType,
  CreateOf,
  DestroyableType,
  InstanceAction,
  ResourceBody,
  ResourceCall,
  ResourceType,
  ShareableType,
  Sharing,
  UpdatableType,
  UpdateOf,
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
  isTransitional(body: Pick<ResourceBody, 'type' | 'state'>): boolean;
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
  open(credentials: CloudCredentials, place: SessionPlace): CloudSession;
  /** Closes every connection. Open sessions fail afterwards. */
  close(): void;
}

export interface SessionPlace {
  readonly region: string;
  /** The cloud's own number of the account: whose limits of calls the session draws on. */
  readonly cloudAccountId: string;
  /** Polls and requests have a budget each, so that neither starves the other. */
  readonly purpose: 'poll' | 'request';
  /** Under which the log tells of the session's calls. */
  readonly requestId?: string;
}

/**
 * One account's view of one region of a cloud. A call that the cloud does not have throws `not-supported`; a field or a
 * cloudAttribute that it does not take throws `validation-failed` or `not-supported` before anything is sent.
 */
export interface CloudSession {
  /**
   * Yields the listing of a poll group, a page at a time, in full detail. A page may be empty. The listing is complete
   * when the iteration ends without a throw and no page named a missing zone, and only then may anybody conclude that
   * something is absent.
   */
  list(pollGroup: string, signal: AbortSignal): AsyncIterable<ListingPage>;
  /**
   * Asks for some resources by the cloud's ids. Those that the cloud does not know are missing from the answer; what
   * is derived from them (attachments, bindings, rules) comes with them.
   */
  look(
    type: ResourceType,
    cloudIds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ResourceBody[]>;
  /** Safe to repeat with the same wish: makes one resource. */
  create<T extends CreatableType>(type: T, spec: SpecOf<T>, options: CreateOptions): Promise<Change>;
  /**
   * Finds what an earlier `create` with this request id has made, by its tag, and makes nothing. Empty: the cloud does
   * not show it, or not yet; or the type takes no tags (attachments, bindings), which cannot be made twice anyway.
   */
  findCreated(type: CreatableType, requestId: string, signal: AbortSignal): Promise<readonly ResourceBody[]>;
  /** Safe to repeat: it names what is to be. */
  update<T extends UpdatableType>(
    type: T,
    target: Target,
    patch: UpdateOf<T>,
    options: WriteOptions,
  ): Promise<Change>;
  /** Safe to repeat: one that is gone already is gone, when `mayHaveBeenSent`; else cloud-not-found. */
  destroy(type: DestroyableType, target: Target, options: DestroyOptions): Promise<Change>;
  /**
   * Start, stop, terminate, suspend and resume are safe to repeat: an instance that is there already stays as it is.
   * Reboot is NOT, so it is sent once: throws outcome-unknown when it may or may not have reached the cloud.
   */
  act(action: InstanceAction, target: Target, options: WriteOptions): Promise<Change>;
  /** Who may use an image or a snapshot besides its owner. */
  sharing(type: ShareableType, cloudId: string, signal: AbortSignal): Promise<Sharing>;
  /** Sets who may. Safe to repeat. */
  share(type: ShareableType, cloudId: string, sharing: Sharing, signal: AbortSignal): Promise<Change>;
  /** Gives the connection back. Safe to repeat. */
  close(): void;
}

export interface ListingPage {
  readonly items: readonly ResourceBody[];
  /** Datacenters that could not be listed: what is known of them stays, and is stale. */
  readonly missingZones?: readonly string[];
}

/** What a write did, as far as the cloud has told. */
export interface Change {
  /** The resource itself; null when it is gone, or when it was a dry run. */
  readonly resource: ResourceBody | null;
  /** Others that the same answer or a look afterwards showed: a volume beside its attachment. */
  readonly alsoSeen: readonly ResourceBody[];
  /** What is gone: the resource itself, and what went with it. */
  readonly gone: readonly ResourceReference[];
  /** A secret that the cloud tells only once: the private key of a pair that it made. For the caller, never for the store. */
  readonly privateKey?: string;
}

export interface ResourceReference {
  readonly type: ResourceType;
  readonly cloudId: string;
}

/** What a write works on: the id, and the last that is known of it. */
export interface Target {
  readonly cloudId: string;
  readonly known: ResourceBody;
}

/** The region is the session's. */
export type SpecOf<T extends CreatableType> = Omit<CreateOf<T>, 'region'>;

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Asks whether it would work: nothing is changed, and `resource` is null. Throws what the cloud would refuse. */
  readonly dryRun: boolean;
  /** True when an earlier attempt of the same wish may have reached the cloud. */
  readonly mayHaveBeenSent: boolean;
}

export interface DestroyOptions extends WriteOptions {
  readonly force: boolean;
}

export interface CreateOptions extends WriteOptions {
  /** Equal for every repetition of one wish; any text. */
  readonly idempotencyToken: string;
  /**
   * Written on the resource as a tag, so that it can be traced to the request that made it, and found again when the
   * answer was lost. It is a part of what the cloud compares, so it has to be equal for every repetition too.
   */
  readonly requestId: string;
  /**
   * How long ago an earlier attempt may have been sent; null when there was none. Where the cloud has no idempotency
   * token, the resource is looked up by its tag first, until the cloud's own delay is over.
   */
  readonly sentAgoMs: number | null;
  /** Called just before each send, so that it can be noted when the last one was. What it throws keeps it from being sent. */
  readonly beforeSend?: () => Promise<void>;
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

/** What `GET /v1/clouds/:cloud` answers, but for names and policies, which are the gateway's. */
export interface CloudCapabilities {
  readonly id: string;
  readonly kind: string;
  readonly regions: readonly string[];
  /** What clouds differ in: `dryRun`, `idempotencyToken`, `suspend`, … */
  readonly features: Readonly<Record<string, boolean>>;
  readonly resources: readonly TypeCapabilities[];
}

export interface TypeCapabilities {
  readonly type: ResourceType;
  readonly calls: readonly ResourceCall[];
  /** In the order of the contract, only those that this cloud can show. */
  readonly states: readonly StateCapabilities[];
  /** Names that cloudAttributes takes. */
  readonly cloudAttributes: { readonly create: readonly string[]; readonly update: readonly string[] };
}

export interface StateCapabilities {
  readonly state: string;
  readonly rawStates: readonly string[];
  readonly transitional: boolean;
  /** The writes that can succeed in this state. */
  readonly allows: readonly ResourceCall[];
}
