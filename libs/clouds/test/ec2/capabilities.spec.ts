import { allResourceTypes, type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { ec2Capabilities } from '../../src/ec2/capabilities.ts';
import { ec2PollGroups } from '../../src/ec2/poll-groups.ts';

const owners = { publishedImageOwners: ['amazon'], publishedSnapshotOwners: [] };
const capabilities = ec2Capabilities({
  id: 'ec2',
  regions: ['us-east-1'],
  pollGroups: ec2PollGroups(owners),
});
const of = (type: ResourceType) => capabilities.resources.find((resource) => resource.type === type);
const stateOf = (type: ResourceType, state: string) => of(type)?.states.find((it) => it.state === state);

describe('ec2Capabilities', () => {
  it('tells of every type and every call of it', () => {
    expect(capabilities.resources.map(({ type }) => type)).to.deep.equal(allResourceTypes);
    for (const { type, calls } of capabilities.resources) {
      expect(calls).to.deep.equal(resourceTypes[type].calls);
    }
  });

  it('shows states of the contract only, in its order, and at least one', () => {
    for (const { type, states } of capabilities.resources) {
      const shown = states.map(({ state }) => state);
      expect(resourceTypes[type].states.filter((state) => shown.includes(state))).to.deep.equal(shown);
      expect(shown).not.to.deep.equal([]);
    }
  });

  it("says EC2's own words for a state", () => {
    expect(stateOf('instance', 'terminating')?.rawStates).to.deep.equal(['shutting-down']);
    expect(stateOf('image', 'error')?.rawStates).to.deep.equal(['invalid', 'failed', 'error']);
    expect(stateOf('ip-address', 'in_use')?.rawStates).to.deep.equal([]);
  });

  it('does not show states that EC2 has no sign of', () => {
    expect(['rebooting', 'suspended', 'error'].map((state) => stateOf('instance', state))).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('says which writes can succeed', () => {
    expect(stateOf('instance', 'stopped')).to.deep.equal({
      state: 'stopped',
      rawStates: ['stopped'],
      transitional: false,
      allows: ['update', 'destroy', 'start', 'terminate', 'resume'],
    });
    expect(stateOf('instance', 'terminated')?.allows).to.deep.equal([]);
    expect(stateOf('volume', 'in_use')?.allows).to.deep.equal(['update']);
    expect(stateOf('volume', 'creating')?.transitional).to.equal(true);
  });

  it('allows no write that the type does not have', () => {
    for (const { calls, states } of capabilities.resources) {
      for (const { allows } of states) expect(calls).to.include.members([...allows]);
    }
  });

  it('says what of the published is listed here', () => {
    expect(capabilities.features).to.include({ publishedImages: true, publishedSnapshots: false });
  });

  it('names what cloudAttributes takes', () => {
    expect(of('volume')?.cloudAttributes.create).to.include('kmsKeyId');
    expect(of('datacenter')?.cloudAttributes).to.deep.equal({ create: [], update: [] });
  });
});
