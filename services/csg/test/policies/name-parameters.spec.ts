import { expect } from 'chai';
import { nameParameters } from '../../src/policies/name-parameters.ts';

describe('nameParameters', () => {
  for (const [service, action, names] of [
    ['dynamodb', 'CreateTable', ['TableName']],
    ['ses', 'CreateConfigurationSet', ['ConfigurationSet.Name']],
    ['sesv2', 'CreateConfigurationSet', ['ConfigurationSetName']],
    ['redshift', 'createcluster', ['ClusterIdentifier']],
    ['ecs', 'CreateCluster', ['clusterName']],
  ] as const) {
    it(`knows ${service}:${action}`, () => {
      expect(nameParameters({ service, action })).to.deep.equal(names);
    });
  }

  it('guesses by the name of the action otherwise', () => {
    expect(nameParameters({ service: 'new', action: 'CreateBigThing' })).to.deep.equal([
      'BigThingName',
      'bigThingName',
      'Name',
      'name',
    ]);
  });
});
