// Everything that a session does at EC2, and with it the SDK: import it where it is called, not where a process starts.
import { act } from './calls/act.ts';
import { creates } from './calls/creates.ts';
import { destroys } from './calls/destroys.ts';
import { findCreated } from './calls/find-created.ts';
import { share, sharingOf } from './calls/sharing.ts';
import { updates } from './calls/updates.ts';
import { listings } from './listings/listings.ts';
import { look } from './look/look.ts';

export const ec2Calls = {
  listings,
  look,
  creates,
  findCreated,
  updates,
  destroys,
  act,
  sharingOf,
  share,
} as const;
