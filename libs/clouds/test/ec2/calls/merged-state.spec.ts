import type { InstanceStateChange } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { instanceBody } from '../../../src/ec2/bodies/instance-body.ts';
import { mergedState } from '../../../src/ec2/calls/merged-state.ts';

type RawState = 'running' | 'stopping' | 'stopped';

const described = (rawState: RawState) =>
  instanceBody({ InstanceId: 'i-1', State: { Name: rawState } }, {}, () => {});
const answered = (before: RawState, now: RawState): InstanceStateChange => ({
  PreviousState: { Name: before },
  CurrentState: { Name: now },
});
const deps = { onUnknownState: () => {} };

describe('mergedState', () => {
  it('takes the answered state where the description still shows the one before', () => {
    const body = mergedState(described('running'), answered('running', 'stopping'), deps);

    expect(body).to.include({ state: 'stopping', rawState: 'stopping' });
  });

  it('takes the description where it is further than the answer', () => {
    expect(mergedState(described('stopped'), answered('running', 'stopping'), deps).state).to.equal(
      'stopped',
    );
  });

  it('takes the description where nothing has changed, or nothing was answered', () => {
    expect(mergedState(described('stopped'), answered('stopped', 'stopped'), deps).state).to.equal('stopped');
    expect(mergedState(described('stopped'), undefined, deps).state).to.equal('stopped');
  });
});
