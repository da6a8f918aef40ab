// Events about the gateway itself rather than a resource in a cloud.
import { z } from 'zod';
import { timestamp } from '../routes/fields.ts';
import { type AdministrativeDetails, administrativeDetails } from './administrative-details.ts';
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
} as const satisfies Record<keyof AdministrativeDetails, string>;

export type AdministrativeSubject = keyof AdministrativeDetails;

/** Which details it has shows in its subject. */
export const administrativeEventSchema = z
  .discriminatedUnion('subject', [
    eventAbout('token.revoked'),
    eventAbout('account.proven'),
    eventAbout('account.forgotten'),
    eventAbout('subscription.dropped'),
    eventAbout('credentials.invalid'),
    eventAbout('credentials.valid'),
    eventAbout('access-request.created'),
    eventAbout('access-request.approved'),
    eventAbout('access-request.denied'),
    eventAbout('access-request.activated'),
    eventAbout('access-request.revoked'),
    eventAbout('access-request.archived'),
    eventAbout('cloud.clock-skew'),
    eventAbout('cloud.clock-in-sync'),
  ])
  .meta({ id: 'AdministrativeEvent' });

export type AdministrativeEvent = z.infer<typeof administrativeEventSchema>;

function eventAbout<Subject extends AdministrativeSubject>(subject: Subject) {
  return z
    .object({
      schemaVersion,
      id: z.string().describe('The same when an event is delivered twice: drop repetitions by it.'),
      subject: z.literal(subject),
      scope: z.string().describe('The organization or account that it concerns, or `gateway`.'),
      at: timestamp,
      details: administrativeDetails[subject],
    })
    .describe(administrativeSubjects[subject]);
}
