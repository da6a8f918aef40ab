// EC2 DescribeInstanceTypes: 5 to 100 a page.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findInstanceType, type InstanceType, instanceTypes } from '../compute/instance-types.ts';
import { applyFilters, type FilterTable, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { list, optional } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';

const filterTable: FilterTable<InstanceType> = {
  'bare-metal': () => ['false'],
  'burstable-performance-supported': ({ burstable }) => [String(burstable)],
  'current-generation': ({ currentGeneration }) => [String(currentGeneration)],
  hypervisor: () => ['nitro'],
  'instance-type': ({ name }) => [name],
  'instance-storage-supported': ({ storageGB }) => [String(storageGB > 0)],
  'memory-info.size-in-mib': ({ memoryMiB }) => [String(memoryMiB)],
  'processor-info.supported-architecture': ({ architecture }) => [architecture],
  'supported-virtualization-type': () => ['hvm'],
  'vcpu-info.default-vcpus': ({ vcpus }) => [String(vcpus)],
};

export const describeInstanceTypes = defineAction({
  service: 'ec2',
  name: 'DescribeInstanceTypes',
  bucket: 'describe',
  input: {
    names: list('InstanceType', text),
    filters: filtersField,
    maxResults: optional('MaxResults', integer({ min: 5, max: 100 })),
    nextToken: optional('NextToken', text),
  },
  handle({ names, filters, maxResults, nextToken }, call) {
    const unknown = names.filter((name) => !findInstanceType(name));
    if (unknown.length > 0) {
      throw new AwsError(
        'InvalidInstanceType',
        `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
      );
    }
    const asked = instanceTypes.filter(({ name }) => names.length === 0 || names.includes(name));
    const page = listPage(
      {
        listing: 'instance-types',
        items: applyFilters(asked, { filters, table: filterTable }),
        keyOf: ({ name }) => name,
        byId: names.length > 0,
        maxResults,
        usualResults: 100,
        nextToken,
      },
      call,
    );
    return { instanceTypeSet: page.items.map(writeInstanceType), nextToken: page.nextToken };
  },
});

function writeInstanceType(type: InstanceType): XmlObject {
  return {
    instanceType: type.name,
    currentGeneration: type.currentGeneration,
    freeTierEligible: type.name === 't2.micro' || type.name === 't3.micro',
    supportedUsageClasses: ['on-demand', 'spot'],
    supportedRootDeviceTypes: ['ebs'],
    supportedVirtualizationTypes: ['hvm'],
    bareMetal: false,
    hypervisor: type.name.startsWith('t2.') || type.name.startsWith('m3.') ? 'xen' : 'nitro',
    processorInfo: { supportedArchitectures: [type.architecture], sustainedClockSpeedInGhz: 2.5 },
    vCpuInfo: {
      defaultVCpus: type.vcpus,
      defaultCores: type.vcpus / type.threadsPerCore,
      defaultThreadsPerCore: type.threadsPerCore,
    },
    memoryInfo: { sizeInMiB: type.memoryMiB },
    instanceStorageSupported: type.storageGB > 0,
    instanceStorageInfo:
      type.storageGB > 0 ? { totalSizeInGB: type.storageGB, nvmeSupport: 'required' } : undefined,
    ebsInfo: { ebsOptimizedSupport: 'default', encryptionSupport: 'supported', nvmeSupport: 'required' },
    networkInfo: {
      networkPerformance: type.networkPerformance,
      maximumNetworkInterfaces: 3,
      ipv4AddressesPerInterface: 10,
      ipv6AddressesPerInterface: 10,
      ipv6Supported: true,
      enaSupport: 'required',
      efaSupported: false,
    },
    gpuInfo: type.gpu && {
      gpus: [
        {
          name: type.gpu.name,
          manufacturer: 'NVIDIA',
          count: type.gpu.count,
          memoryInfo: { sizeInMiB: type.gpu.memoryMiB },
        },
      ],
      totalGpuMemoryInMiB: type.gpu.memoryMiB * type.gpu.count,
    },
    placementGroupInfo: { supportedStrategies: ['partition', 'spread'] },
    hibernationSupported: type.gpu === undefined,
    burstablePerformanceSupported: type.burstable,
    dedicatedHostsSupported: !type.burstable,
    autoRecoverySupported: true,
    supportedBootModes: ['legacy-bios', 'uefi'],
  };
}
