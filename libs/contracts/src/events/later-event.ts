// What a later minor version may send that this one cannot know: kinds, types and subjects that it has added
// (schema-version.ts). Everything else is as it was, so a reader of 1.x takes them too.
import { z } from 'zod';
import { timestamp } from '../routes/fields.ts';
import { administrativeSubjects } from './administrative-event.ts';
import { listingEventSchema } from './listing-event.ts';
import { resourceEventSchema } from './resource-event.ts';
import { schemaVersion } from './schema-version.ts';

/** Of a type, a kind or a cause that this version does not know. */
export const laterResourceEventSchema = z.object({
  ...resourceEventSchema.shape,
  resourceType: z.string(),
  change: z.string(),
  cause: z.looseObject({ kind: z.string(), id: z.string() }),
  body: z.looseObject({}),
});

/** Of a type or a kind that this version does not know. */
export const laterListingEventSchema = z.object({
  ...listingEventSchema.shape,
  resourceType: z.string(),
  change: z.string(),
});

/** A string that is no subject of this version: comparing it with one of those tells the compiler which event it is. */
export type LaterSubject = `${string & z.$brand<'LaterSubject'>}`;

/** About something that this version does not know. */
export const laterAdministrativeEventSchema = z.object({
  schemaVersion,
  id: z.string(),
  subject: z.custom<LaterSubject>(
    (subject) => typeof subject === 'string' && !Object.hasOwn(administrativeSubjects, subject),
  ),
  scope: z.string(),
  at: timestamp,
  details: z.record(z.string(), z.unknown()),
});
