// An EC2 instance type as a body. It has no state at EC2; `present` says that it can be had.
import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { InstanceTypeBody } from '@cloud-gateway/contracts';
import { present, sortedTexts, textOrNull } from './fields.ts';

/** `datacenters`: the zones that have it. */
export function instanceTypeBody(
  info: InstanceTypeInfo,
  datacenters: readonly string[] = [],
): InstanceTypeBody {
  return {
    type: 'instance-type',
    cloudId: info.InstanceType ?? '',
    name: textOrNull(info.InstanceType),
    state: 'present',
    rawState: null,
    stateReason: null,
    owner: null,
    visibility: 'public',
    tags: {},
    createdAt: null,
    cpuCount: info.VCpuInfo?.DefaultVCpus ?? null,
    memoryMegabytes: info.MemoryInfo?.SizeInMiB ?? null,
    localDiskGigabytes: localDisk(info),
    architectures: sortedTexts(info.ProcessorInfo?.SupportedArchitectures),
    cloudAttributes: present({
      bareMetal: info.BareMetal,
      burstable: info.BurstablePerformanceSupported,
      currentGeneration: info.CurrentGeneration,
      datacenters: sortedTexts(datacenters),
      freeTierEligible: info.FreeTierEligible,
      gpuCount: info.GpuInfo?.Gpus?.reduce((sum, gpu) => sum + (gpu.Count ?? 0), 0),
      hypervisor: info.Hypervisor,
      networkPerformance: info.NetworkInfo?.NetworkPerformance,
      rootDeviceTypes: sortedTexts(info.SupportedRootDeviceTypes),
      usageClasses: sortedTexts(info.SupportedUsageClasses),
      virtualizationTypes: sortedTexts(info.SupportedVirtualizationTypes),
    }),
  };
}

function localDisk(info: InstanceTypeInfo): number | null {
  if (info.InstanceStorageSupported === false) return 0;
  return info.InstanceStorageInfo?.TotalSizeInGB ?? null;
}
