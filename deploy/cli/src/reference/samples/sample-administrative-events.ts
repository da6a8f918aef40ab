import type { AdministrativeDetails, AdministrativeSubject, OutgoingEvent } from '@cloud-gateway/contracts';
import { administrativeEntry } from '@cloud-gateway/store';
import { sampleAccount, sampleId, sampleTime } from './sample-ids.ts';

type News = {
  readonly [Subject in AdministrativeSubject]: {
    readonly scope: string;
    readonly details: AdministrativeDetails[Subject];
  };
};

const account = sampleAccount;
const organization = sampleId('org');
const client = sampleId('cli');
const administrator = sampleId('cli', 'administrator');
const proof = { clientId: client, account };
const credentials = { account, credentialId: sampleId('cred'), reason: null };
const endpoint = { cloud: 'ec2', endpoint: 'https://ec2.us-east-1.amazonaws.com' };
const accessRequest = {
  accessRequestId: sampleId('acr'),
  environmentId: sampleId('env'),
  cloud: 'ec2',
  services: ['dynamodb', 'sqs'],
  requestedBy: client,
  by: administrator,
  reason: null,
};

const news: News = {
  'token.revoked': inOrganization({ tokenIds: [sampleId('tok')] }),
  'account.proven': inOrganization(proof),
  'account.forgotten': inOrganization(proof),
  'subscription.dropped': {
    scope: account,
    details: { subscriptionId: sampleId('sub'), dropped: 412, accounts: [{ account, syncFrom: 10_377 }] },
  },
  'credentials.invalid': {
    scope: account,
    details: { ...credentials, reason: 'AWS was not able to validate the provided access credentials.' },
  },
  'credentials.valid': { scope: account, details: credentials },
  'access-request.created': inOrganization({ ...accessRequest, by: client, reason: 'load test of the shop' }),
  'access-request.approved': inOrganization(accessRequest),
  'access-request.denied': inOrganization({ ...accessRequest, reason: 'use the sandbox for this' }),
  'access-request.activated': inOrganization({ ...accessRequest, by: client }),
  'access-request.revoked': inOrganization({ ...accessRequest, reason: 'the test is over' }),
  'access-request.archived': inOrganization(accessRequest),
  'cloud.clock-skew': { scope: 'gateway', details: { ...endpoint, skewSeconds: 301 } },
  'cloud.clock-in-sync': { scope: 'gateway', details: { ...endpoint, skewSeconds: 0 } },
};

export function sampleAdministrativeEvents(): ReadonlyMap<AdministrativeSubject, OutgoingEvent> {
  const subjects = Object.keys(news) as AdministrativeSubject[];
  return new Map(subjects.map((subject) => [subject, eventAbout(subject)]));
}

function eventAbout<Subject extends AdministrativeSubject>(subject: Subject): OutgoingEvent {
  const atMs = Date.parse(sampleTime);
  // `news` pairs each subject with its details; the compiler loses the pair on its way through the variable.
  type Pair = Parameters<typeof administrativeEntry>[0];
  return administrativeEntry({ id: sampleId('evt', subject), subject, atMs, ...news[subject] } as Pair);
}

function inOrganization<Details>(details: Details) {
  return { scope: organization, details };
}
