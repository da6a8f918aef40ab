// Events about the gateway itself rather than a resource in a cloud.
import { z } from 'zod';
import { timestamp } from '../routes/fields.ts';
import { schemaVersion } from './schema-version.ts';

export const administrativeSubjects = {
  'token.revoked': 'A token is refused from now on',
  'account.proven': 'A client has proven a cloud account, and may work on it',
  'account.forgotten': 'A client has given a cloud account up',
  'subscription.dropped':
    'Events of a subscription were dropped, because it was away for too long or too slow',
  'credentials.invalid': 'The cloud no longer accepts the credentials of an account',
  'credentials.valid': 'The cloud accepts them again',
  'access-request.created': 'Somebody requests access to cloud services',
  'access-request.approved': 'An administrator approved a request and chose its cloud credentials',
  'access-request.denied': 'An administrator denied a request',
  'access-request.activated': 'The requester took the key: the proxy accepts it from now on',
  'access-request.revoked': 'The key of a request is refused from now on',
  'access-request.archived': 'A request is put away; its key, if it had one, is refused',
  'cloud.clock-skew': "A cloud endpoint's clock is more than 300 seconds away from ours",
  'cloud.clock-in-sync': "That endpoint's clock is back in sync",
} as const;

export type AdministrativeSubject = keyof typeof administrativeSubjects;

export const administrativeEventSchema = z
  .object({
    schemaVersion,
    id: z.string(),
    subject: z.enum(
      Object.keys(administrativeSubjects) as [AdministrativeSubject, ...AdministrativeSubject[]],
    ),
    scope: z.string().describe('The organization or account that it concerns, or `gateway`.'),
    at: timestamp,
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AdministrativeEvent' });

export type AdministrativeEvent = z.infer<typeof administrativeEventSchema>;
