// What the routes of resources share: the path, and how much of a document is wanted.
import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { accountId, cloudId, cloudSlug, region, timestamp } from '../fields.ts';

export const collectionParams = z.strictObject({ cloud: cloudSlug, account: accountId });

export const resourceParams = z.strictObject({
  cloud: cloudSlug,
  account: accountId,
  id: cloudId.describe("The gateway's id, or the cloud's own."),
});

export const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((text) => text === 'true');

const oneRegion = region
  .optional()
  .describe("Needed only where the cloud's own id is used in several regions.");

/** Views, smallest first. */
export const resourceViews = ['tiny', 'default', 'full'] as const;
export type ResourceView = (typeof resourceViews)[number];

const fieldNames = z
  .string()
  .max(1024)
  .regex(/^[A-Za-z]+(,[A-Za-z]+)*$/, 'must be names of fields, separated by commas')
  .transform((text) => text.split(','));

/** How much of each document, and by which policy its connectAddress. */
export const presentation = {
  view: z
    .enum(resourceViews)
    .optional()
    .describe(
      '`tiny`: id, href, type, cloudId, name, state, region. `default`: everything but cloudAttributes. `full`, and no view at all: everything.',
    ),
  fields: fieldNames
    .optional()
    .describe('Only these fields, for example `cloudId,state,tags`; instead of a view.'),
  environment: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Instances: the environment whose connection policy says what connectAddress is.'),
};

export const at = timestamp
  .optional()
  .describe('What was known at that time, from the history, instead of what is known now.');

export const showQuery = z.strictObject({ region: oneRegion, at, ...presentation });
export const oneQuery = z.strictObject({ region: oneRegion });

/** Every write of one resource. */
export const writeQuery = z.strictObject({
  region: oneRegion,
  dryRun: flag.describe('Asks the cloud whether it would work, and changes nothing.'),
});

export const dryRunAnswer = z
  .object({ dryRun: z.literal(true), wouldSucceed: z.literal(true) })
  .meta({ id: 'DryRunAnswer' });

/** What any write of one resource can answer. */
export const writeErrors = [
  'account-not-proven',
  'gone',
  'not-owner',
  'precondition-failed',
  'not-supported',
  ...cloudErrorCodes,
] as const;
