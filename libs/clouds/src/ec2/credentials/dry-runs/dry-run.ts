import type { EC2Client } from '@aws-sdk/client-ec2';

/** Asks EC2 whether the call would be allowed; EC2 then does nothing. */
export type DryRun = (ec2: EC2Client, http: { readonly abortSignal: AbortSignal }) => Promise<unknown>;

/** By EC2's name of the call. Undefined: EC2 has no dry run of it. */
export type DryRuns = Readonly<Record<string, DryRun | undefined>>;
