// How many calls EC2 takes: a token bucket per account, region and action, of a size that depends on the class of the
// action. Source: "Request throttling for the Amazon EC2 API", AWS, EC2 developer guide. An account can be given more;
// then a larger percentage in GATEWAY_EC2_…_BUDGET_PERCENT says so.

export interface CallLimit {
  /** Tokens when it is full: how many calls in a row. */
  readonly burst: number;
  readonly refillPerSecond: number;
}

// The smaller buckets of listings without pages and filters are not here: the gateway always asks page by page.
const classes = {
  describe: { burst: 100, refillPerSecond: 20 },
  mutating: { burst: 50, refillPerSecond: 5 },
  resourceIntensive: { burst: 50, refillPerSecond: 5 },
  storage: { burst: 100, refillPerSecond: 5 },
  copyImage: { burst: 100, refillPerSecond: 1 },
  tags: { burst: 100, refillPerSecond: 10 },
  launch: { burst: 5, refillPerSecond: 2 },
  launchedInstances: { burst: 1_000, refillPerSecond: 2 },
  endedInstances: { burst: 1_000, refillPerSecond: 20 },
} as const satisfies Record<string, CallLimit>;

type CallClass = keyof typeof classes;

// The last two classes count instances, and a call of the gateway names one: it takes one token of each of its buckets.
const classesByAction: Readonly<Record<string, readonly CallClass[]>> = {
  RunInstances: ['launch', 'launchedInstances'],
  StartInstances: ['launch', 'launchedInstances'],
  StopInstances: ['mutating', 'endedInstances'],
  TerminateInstances: ['storage', 'endedInstances'],
  CreateTags: ['tags'],
  DeleteTags: ['tags'],
  CopyImage: ['copyImage'],
  CreateSnapshot: ['storage'],
  CreateVolume: ['storage'],
  DeleteSnapshot: ['storage'],
  DeleteVolume: ['storage'],
  DeregisterImage: ['storage'],
  ModifyImageAttribute: ['storage'],
  ModifySnapshotAttribute: ['storage'],
  AuthorizeSecurityGroupIngress: ['resourceIntensive'],
  CreateKeyPair: ['resourceIntensive'],
  RevokeSecurityGroupIngress: ['resourceIntensive'],
};

export interface NamedLimit extends CallLimit {
  readonly name: CallClass;
}

/** Gives the buckets that a call of this action draws on; one at least. */
export function callLimitsOf(action: string): readonly NamedLimit[] {
  const names = classesByAction[action] ?? [isRead(action) ? 'describe' : 'mutating'];
  return names.map((name) => ({ name, ...classes[name] }));
}

function isRead(action: string): boolean {
  return /^(Describe|Get|List)/.test(action);
}
