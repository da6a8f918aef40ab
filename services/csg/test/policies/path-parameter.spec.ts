import { expect } from 'chai';
import { pathParameter } from '../../src/policies/path-parameter.ts';

const at = (service: string, path: string, bucket?: string) => ({ service, path, bucket });

describe('pathParameter', () => {
  for (const [call, name, value] of [
    [at('glacier', '/-/vaults/team-a%2Bb'), 'vaultName', 'team-a+b'],
    [at('glacier', '/-/vaults/team-a/archives'), 'vaultName', 'team-a'],
    [at('lambda', '/2018-10-31/layers/team-a/versions'), 'LayerName', 'team-a'],
    [at('lambda', '/2015-03-31/functions/f/aliases'), 'FunctionName', 'f'],
    [at('s3', '/team-a'), 'Bucket', 'team-a'],
    [at('s3', '/team-a/b/c%20d'), 'Key', 'b/c d'],
    [at('s3', '/b/c', 'team-a'), 'Bucket', 'team-a'],
    [at('s3', '/b/c', 'team-a'), 'Key', 'b/c'],
  ] as const) {
    it(`${call.service} ${call.path}: ${name} is ${value}`, () => {
      expect(pathParameter(call, name)).to.equal(value);
    });
  }

  for (const [call, name] of [
    [at('glacier', '/-/vaults'), 'vaultName'],
    [at('glacier', '/-/vault/x'), 'vaultName'],
    [at('glacier', '/-/vaults/%zz'), 'vaultName'],
    [at('glacier', '/-/vaults/x'), 'Name'],
    [at('lambda', '/2015-03-31/functions'), 'FunctionName'],
    [at('dynamodb', '/'), 'TableName'],
    [at('s3', '/'), 'Bucket'],
    [at('s3', '/', 'b'), 'Key'],
  ] as const) {
    it(`${call.service} ${call.path} has no ${name}`, () => {
      expect(pathParameter(call, name)).to.equal(undefined);
    });
  }
});
