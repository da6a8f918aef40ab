import { GatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import { silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { networkBody } from '../../../src/ec2/bodies/network-body.ts';
import { type Creation, createOnce } from '../../../src/ec2/calls/create-once.ts';
import type { WriteDeps } from '../../../src/ec2/calls/write-deps.ts';
import { createAwsCaller } from '../../../src/ec2/client/aws-caller.ts';
import { rejection } from '../../test-cloud.ts';

const body = networkBody({ VpcId: 'vpc-1', State: 'available' }, () => {});
const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const notConnected = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
const refused = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error('No.'), { name, $metadata: { httpStatusCode } });

const wish = {
  dryRun: false,
  mayHaveBeenSent: false,
  sentAgoMs: null,
  idempotencyToken: 'key',
  requestId: 'client/key',
};

/** What each send does, the first one first, and what each look sees; the last look goes on. */
function world({
  sends,
  looks = [undefined],
  searchMs = 20,
}: {
  sends: (Error | 'made')[];
  searchMs?: number;
  looks?: (ResourceBody | Error | undefined)[];
}) {
  const counts = { sends: 0, looks: 0 };
  const deps = {
    call: createAwsCaller({ where: 'ec2', secrets: [], timeoutMs: 1_000, random: () => 0, log: silentLog }),
    lostAnswer: { believeAbsentAfterMs: 40, searchMs, pauseMs: 5 },
  } as unknown as WriteDeps;
  const creation = {
    type: 'network',
    action: 'CreateVpc',
    async send() {
      const outcome = sends[counts.sends] ?? 'made';
      counts.sends += 1;
      if (outcome instanceof Error) throw outcome;
      return { resource: body, isComplete: true };
    },
    async find() {
      const seen = looks[Math.min(counts.looks, looks.length - 1)];
      counts.looks += 1;
      if (seen instanceof Error) throw seen;
      return seen;
    },
  } satisfies Partial<Creation>;
  const make = (kind: Partial<Creation>, options: object = {}) =>
    createOnce(
      deps,
      { mayArriveTwice: false, ...creation, ...kind },
      { ...wish, signal: AbortSignal.timeout(5_000), ...options },
    );
  return { make, counts };
}

const token = { mayArriveTwice: true };
const again = { sentAgoMs: 20, mayHaveBeenSent: true };

describe('createOnce', () => {
  describe('where EC2 knows a repetition', () => {
    it('sends again what may have been lost', async () => {
      const { make, counts } = world({ sends: [reset] });

      expect((await make(token)).resource).to.equal(body);
      expect(counts).to.deep.equal({ sends: 2, looks: 0 });
    });

    it('says so at once when what was made is gone by now', async () => {
      const { make, counts } = world({ sends: [reset, new GatewayError('gone', { message: 'Gone.' })] });

      expect(await rejection(make(token))).to.include({ code: 'gone' });
      expect(counts).to.deep.equal({ sends: 2, looks: 0 });
    });

    it('leaves open what was lost twice', async () => {
      const { make } = world({ sends: [reset, reset] });

      const error = await rejection(make(token));

      expect(error).to.include({ code: 'outcome-pending' });
      expect(error.message).to.include('CreateVpc');
    });

    it('leaves open what was lost and then throttled, or could not be sent', async () => {
      expect(await rejection(world({ sends: [reset, refused('Throttling')] }).make(token))).to.include({
        code: 'outcome-pending',
      });
      expect(await rejection(world({ sends: [reset, notConnected] }).make(token))).to.include({
        code: 'outcome-pending',
      });
    });

    it('believes a refusal after a loss when nothing shows, and takes what shows', async () => {
      const sends = [reset, refused('InvalidAMIID.NotFound')];

      expect(await rejection(world({ sends }).make(token))).to.include({ code: 'cloud-not-found' });
      expect((await world({ sends, looks: [body] }).make(token)).resource).to.equal(body);
      expect(await rejection(world({ sends, looks: [reset] }).make(token))).to.include({
        code: 'outcome-pending',
      });
    });

    it('never takes what was made with other parameters for the wish', async () => {
      const { make } = world({ sends: [refused('IdempotentParameterMismatch')], looks: [body] });

      expect(await rejection(make(token, again))).to.include({ code: 'idempotency-key-reused' });
    });

    it('tells what was surely not sent as it is, but not of a repetition', async () => {
      const first = world({ sends: [notConnected, notConnected] });
      const repeated = world({ sends: [notConnected, notConnected] });

      expect(await rejection(first.make(token))).to.include({ code: 'cloud-unreachable' });
      expect(await rejection(repeated.make(token, again))).to.include({ code: 'outcome-pending' });
    });

    it('does not ask again for what there is no room for', async () => {
      const { make, counts } = world({ sends: [refused('InsufficientInstanceCapacity', 500)] });

      expect(await rejection(make(token))).to.include({ code: 'cloud-failed' });
      expect(counts.sends).to.equal(1);
    });
  });

  describe('where it does not', () => {
    it('looks before it would send again, several times', async () => {
      const { make, counts } = world({
        sends: [reset],
        looks: [undefined, reset, body],
        searchMs: 5_000,
      });

      expect((await make({})).resource).to.equal(body);
      expect(counts).to.deep.equal({ sends: 1, looks: 3 });
    });

    it('leaves open what does not show, and does not send it again', async () => {
      const { make, counts } = world({ sends: [reset] });

      expect(await rejection(make({}))).to.include({ code: 'outcome-pending' });
      expect(counts.sends).to.equal(1);
    });

    it('sends a repetition only after EC2 would show what the first one made', async () => {
      const { make, counts } = world({ sends: ['made'] });
      const startedAtMs = performance.now();

      await make({}, again);

      expect(counts.sends).to.equal(1);
      expect(counts.looks).to.be.greaterThan(1);
      expect(performance.now() - startedAtMs).to.be.at.least(19);
    });

    it('looks once at what was sent long ago', async () => {
      const { make, counts } = world({ sends: ['made'] });

      await make({}, { ...again, sentAgoMs: 60_000 });

      expect(counts).to.deep.equal({ sends: 1, looks: 1 });
    });

    it('sends nothing while it cannot look', async () => {
      const { make, counts } = world({ sends: ['made'], looks: [reset] });

      expect(await rejection(make({}, again))).to.include({ code: 'outcome-pending' });
      expect(counts.sends).to.equal(0);
    });

    it('leaves it open when the caller gives up meanwhile', async () => {
      const { make, counts } = world({ sends: ['made'] });

      const error = await rejection(make({}, { ...again, signal: AbortSignal.abort() }));

      expect(error).to.include({ code: 'outcome-pending' });
      expect(counts.sends).to.equal(0);
    });

    it('sends what was surely not sent once more, and then tells why', async () => {
      const once = world({ sends: [notConnected] });
      const twice = world({ sends: [notConnected, notConnected] });

      expect((await once.make({})).resource).to.equal(body);
      expect(await rejection(twice.make({}))).to.include({ code: 'cloud-unreachable' });
      expect(twice.counts).to.deep.equal({ sends: 2, looks: 0 });
    });

    it('takes a duplicate that is ours for a success, and another one for what it is', async () => {
      const duplicateCodes = ['InvalidGroup.Duplicate'];
      const sends = [refused('InvalidGroup.Duplicate')];

      expect((await world({ sends, looks: [body] }).make({ duplicateCodes })).resource).to.equal(body);
      expect(await rejection(world({ sends }).make({ duplicateCodes }))).to.include({
        code: 'cloud-conflict',
      });
    });

    it('does not wait before it repeats what EC2 refuses a second time, but before it believes a refusal', async () => {
      const kind = { refusesSecond: true, duplicateCodes: ['InvalidGroup.Duplicate'] };
      const duplicate = refused('InvalidGroup.Duplicate');
      const granted = world({ sends: ['made'] });
      const late = world({
        sends: [duplicate],
        looks: [undefined, undefined, undefined, body],
        searchMs: 5_000, // It is found long before.
      });
      const foreign = world({ sends: [duplicate] });
      const throttled = world({ sends: [refused('Throttling')] });

      await granted.make(kind, again);
      expect(granted.counts).to.deep.equal({ sends: 1, looks: 1 });
      expect((await late.make(kind, again)).resource).to.equal(body);
      expect(await rejection(foreign.make(kind, again))).to.include({ code: 'cloud-conflict' });
      expect(foreign.counts.looks).to.be.greaterThan(2);
      expect(await rejection(throttled.make(kind, again))).to.include({ code: 'outcome-pending' });
    });

    it('unmakes what is of no use and makes it again; leaves it open when it cannot', async () => {
      const discarded: ResourceBody[] = [];
      const discard = async (found: ResourceBody) => void discarded.push(found);
      const cannot = async () => {
        throw new GatewayError('cloud-throttled', { message: 'later' });
      };

      const change = await world({ sends: [reset], looks: [body] }).make({ discard });
      const error = await rejection(world({ sends: [reset], looks: [body] }).make({ discard: cannot }));

      expect(discarded).to.deep.equal([body]);
      expect(change.gone).to.deep.equal([{ type: 'network', cloudId: 'vpc-1' }]);
      expect(error).to.include({ code: 'outcome-pending' });
    });
  });
});
