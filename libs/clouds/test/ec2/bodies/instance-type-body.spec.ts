import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { instanceTypeBody } from '../../../src/ec2/bodies/instance-type-body.ts';

describe('instanceTypeBody', () => {
  it('gives a body that fits the contract', () => {
    const body = instanceTypeBody({
      InstanceType: 'm5d.large',
      VCpuInfo: { DefaultVCpus: 2 },
      MemoryInfo: { SizeInMiB: 8192 },
      InstanceStorageSupported: true,
      InstanceStorageInfo: { TotalSizeInGB: 75 },
      ProcessorInfo: { SupportedArchitectures: ['x86_64', 'i386'] },
      CurrentGeneration: true,
    });

    expect(bodySchemas['instance-type'].parse(body)).to.deep.equal(body);
    expect(body).to.deep.include({
      state: 'present',
      cpuCount: 2,
      memoryMegabytes: 8192,
      localDiskGigabytes: 75,
      architectures: ['i386', 'x86_64'],
    });
  });

  it('says 0 for no local disk and null for not told', () => {
    const without = instanceTypeBody({ InstanceType: 't3.micro', InstanceStorageSupported: false });
    const untold = instanceTypeBody({ InstanceType: 't3.micro' });

    expect(without.localDiskGigabytes).to.equal(0);
    expect(untold).to.include({ localDiskGigabytes: null, cpuCount: null, memoryMegabytes: null });
  });
});
