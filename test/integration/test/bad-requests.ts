// What can be wrong with a request whichever door it comes in by: each is a good launch with one thing changed.
import type { ErrorCode } from '@cloud-gateway/contracts';
import type { DoorRequest } from '../src/door.ts';
import { launchBody } from '../src/launches.ts';
import type { Gateway } from '../src/start-gateway.ts';

export interface BadRequest {
  readonly what: string;
  readonly code: ErrorCode;
  /** In place of a good launch's. */
  readonly request: Partial<DoorRequest>;
  /** Where the fault is, for a field. */
  readonly at?: string;
}

export function badRequests({
  gateway,
  authorization,
}: {
  readonly gateway: Gateway;
  readonly authorization: string;
}): readonly BadRequest[] {
  const instances = (account = gateway.account) => `/v1/clouds/ec2/accounts/${account}/instances`;
  const launching = (changes: object) => JSON.stringify(launchBody(gateway, { ...changes }));
  return [
    { what: 'malformed JSON', code: 'malformed-request', request: { body: '{"region": "us-east-1"' } },
    {
      what: 'a body that is not JSON',
      code: 'malformed-request',
      request: {
        body: 'region=us-east-1',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      },
    },
    { what: 'text where JSON should be', code: 'malformed-request', request: { body: 'launch one, please' } },
    { what: 'no body', code: 'validation-failed', request: { body: '' }, at: 'body' },
    { what: 'a body of another type', code: 'validation-failed', request: { body: '[]' }, at: 'body' },
    { what: 'a body of null', code: 'validation-failed', request: { body: 'null' }, at: 'body' },
    {
      what: 'a wrong type',
      code: 'validation-failed',
      request: { body: launching({ imageId: 7 }) },
      at: 'body.imageId',
    },
    {
      what: 'a missing field',
      code: 'validation-failed',
      request: { body: launching({ instanceType: undefined }) },
      at: 'body.instanceType',
    },
    {
      what: 'an unknown field',
      code: 'validation-failed',
      request: { body: launching({ colour: 'red' }) },
      at: 'body',
    },
    {
      what: '__proto__ as a field',
      code: 'validation-failed',
      request: { body: launching({}).replace('{', '{"__proto__":{"region":"x"},') },
      at: 'body',
    },
    {
      what: 'an unknown region',
      code: 'validation-failed',
      request: { body: launching({ region: 'mars-1' }) },
      at: 'body.region',
    },
    { what: 'an unknown filter', code: 'validation-failed', request: listing('colour=red'), at: 'query' },
    {
      what: 'an unknown state',
      code: 'validation-failed',
      request: listing('state=bored'),
      at: 'query.state',
    },
    { what: 'a limit of nothing', code: 'validation-failed', request: listing('limit=0'), at: 'query.limit' },
    {
      what: 'a limit that is no number',
      code: 'validation-failed',
      request: listing('limit=many'),
      at: 'query.limit',
    },
    {
      what: 'a field of the query twice',
      code: 'validation-failed',
      request: listing('limit=1&limit=2'),
      at: 'query.limit',
    },
    {
      what: 'a cursor of nobody',
      code: 'validation-failed',
      request: listing('cursor=next-please'),
      at: 'query.cursor',
    },
    {
      what: 'an account that is none',
      code: 'validation-failed',
      request: { path: instances('EC2!') },
      at: 'path.account',
    },
    { what: 'an account of another cloud', code: 'not-found', request: { path: instances('gcp-1') } },
    {
      what: 'an unknown account',
      code: 'account-not-proven',
      request: { path: instances('ec2-999999999999') },
    },
    {
      what: 'an unknown instance',
      code: 'not-found',
      request: { path: `${instances()}/i-0/stop`, body: '' },
    },
    {
      what: 'an unknown path below a known one',
      code: 'not-found',
      request: { path: `${instances()}/a/b/c/d` },
    },
    { what: 'a wrong method', code: 'not-found', request: { method: 'PATCH' } },
    { what: 'a method that nobody knows', code: 'not-found', request: { method: 'PROPFIND' } },
    {
      what: 'no token',
      code: 'unauthenticated',
      request: { headers: { 'content-type': 'application/json' } },
    },
    { what: 'an empty token', code: 'unauthenticated', request: authorizedBy('Bearer') },
    { what: 'a malformed token', code: 'unauthenticated', request: authorizedBy('Bearer not a token') },
    {
      what: 'a token of nobody',
      code: 'unauthenticated',
      request: authorizedBy(`Bearer cgw_t_${'x'.repeat(43)}`),
    },
    { what: 'another scheme', code: 'unauthenticated', request: authorizedBy('Basic YTpi') },
    {
      what: 'an idempotency key that is too long',
      code: 'validation-failed',
      request: {
        headers: {
          authorization,
          'content-type': 'application/json',
          'idempotency-key': 'k'.repeat(256),
        },
      },
      at: 'header.idempotency-key',
    },
  ];
}

function listing(query: string): Partial<DoorRequest> {
  return { method: 'GET', query, body: undefined };
}

function authorizedBy(authorization: string): Partial<DoorRequest> {
  return { headers: { authorization, 'content-type': 'application/json' } };
}
