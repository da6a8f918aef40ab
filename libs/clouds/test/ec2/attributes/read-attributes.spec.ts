import { isGatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { attributeNames } from '../../../src/ec2/attributes/attribute-names.ts';
import { createAttributes } from '../../../src/ec2/attributes/create-attributes.ts';
import { readAttributes } from '../../../src/ec2/attributes/read-attributes.ts';

function issuesOf(type: 'volume' | 'ssh-key', attributes: Record<string, unknown>) {
  try {
    readAttributes(createAttributes[type], attributes);
  } catch (error) {
    if (isGatewayError(error) && error.code === 'validation-failed') return error.issues;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('readAttributes', () => {
  it('gives what fits, and nothing for nothing', () => {
    expect(readAttributes(createAttributes.volume, { throughput: 200 })).to.deep.equal({ throughput: 200 });
    expect(readAttributes(createAttributes.volume, undefined)).to.deep.equal({});
  });

  it('refuses a name that EC2 does not have there, with those that it has', () => {
    expect(issuesOf('volume', { througput: 1 })).to.deep.equal([
      {
        path: 'body.cloudAttributes.througput',
        message: 'is nothing that EC2 takes here; it takes kmsKeyId, multiAttachEnabled, throughput',
      },
    ]);
    expect(issuesOf('ssh-key', { a: 1, b: 2 })?.map(({ message }) => message)).to.deep.equal([
      'is nothing that EC2 takes here; it takes nothing',
      'is nothing that EC2 takes here; it takes nothing',
    ]);
  });

  it('refuses a value of the wrong type', () => {
    expect(issuesOf('volume', { throughput: 'much' })?.[0]?.path).to.equal('body.cloudAttributes.throughput');
  });
});

describe('attributeNames', () => {
  it('names what each type takes', () => {
    expect(attributeNames('network')).to.deep.equal({
      create: ['instanceTenancy', 'ipv6'],
      update: ['enableDnsHostnames', 'enableDnsSupport'],
    });
    expect(attributeNames('datacenter')).to.deep.equal({ create: [], update: [] });
  });
});
