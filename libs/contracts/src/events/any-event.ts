// Every event that a subscriber can get. Which one it is shows in `change` and `subject`.
import { z } from 'zod';
import { administrativeEventSchema } from './administrative-event.ts';
import {
  laterAdministrativeEventSchema,
  laterListingEventSchema,
  laterResourceEventSchema,
} from './later-event.ts';
import { listingEventSchema, listingKinds } from './listing-event.ts';
import { changeKinds, resourceEventSchema } from './resource-event.ts';

/** What a subscription can choose among. */
export const eventKinds = [...changeKinds, ...listingKinds] as const;
export type EventKind = (typeof eventKinds)[number];

/** Reads every 1.x. It drops fields that it does not know: who hands an event on keeps what was parsed. */
export const anyEventSchema = z.union([
  resourceEventSchema,
  listingEventSchema,
  administrativeEventSchema,
  laterResourceEventSchema,
  laterListingEventSchema,
  laterAdministrativeEventSchema,
]);

export type AnyEvent = z.infer<typeof anyEventSchema>;
