// The catalogue of instance types: few, but of different families, sizes and architectures.

export interface InstanceType {
  readonly name: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly vcpus: number;
  readonly threadsPerCore: number;
  readonly memoryMiB: number;
  readonly currentGeneration: boolean;
  readonly burstable: boolean;
  readonly networkPerformance: string;
  readonly gpu: { readonly name: string; readonly count: number; readonly memoryMiB: number } | undefined;
  /** Local disk; 0 for none. */
  readonly storageGB: number;
}

const usual = {
  currentGeneration: true,
  burstable: false,
  networkPerformance: 'Up to 5 Gigabit',
  gpu: undefined,
  storageGB: 0,
};

export const instanceTypes: readonly InstanceType[] = [
  x86('t2.micro', 1, 1024, { burstable: true, threadsPerCore: 1, networkPerformance: 'Low to Moderate' }),
  x86('t3.nano', 2, 512, { burstable: true }),
  x86('t3.micro', 2, 1024, { burstable: true }),
  x86('t3.small', 2, 2048, { burstable: true }),
  x86('t3.medium', 2, 4096, { burstable: true }),
  x86('t3.large', 2, 8192, { burstable: true }),
  arm('t4g.micro', 2, 1024, { burstable: true }),
  arm('t4g.small', 2, 2048, { burstable: true }),
  x86('m3.medium', 1, 3840, {
    currentGeneration: false,
    threadsPerCore: 1,
    storageGB: 4,
    networkPerformance: 'Moderate',
  }),
  x86('m5.large', 2, 8192, { networkPerformance: 'Up to 10 Gigabit' }),
  x86('m5.xlarge', 4, 16_384, { networkPerformance: 'Up to 10 Gigabit' }),
  arm('m6g.large', 2, 8192, { networkPerformance: 'Up to 10 Gigabit' }),
  x86('m7i.large', 2, 8192, { networkPerformance: 'Up to 12.5 Gigabit' }),
  x86('c5.large', 2, 4096, { networkPerformance: 'Up to 10 Gigabit' }),
  arm('c6g.large', 2, 4096, { networkPerformance: 'Up to 10 Gigabit' }),
  x86('r5.large', 2, 16_384, { networkPerformance: 'Up to 10 Gigabit' }),
  x86('i3.large', 2, 15_616, { storageGB: 475, networkPerformance: 'Up to 10 Gigabit' }),
  x86('g4dn.xlarge', 4, 16_384, {
    storageGB: 125,
    gpu: { name: 'T4', count: 1, memoryMiB: 16_384 },
    networkPerformance: 'Up to 25 Gigabit',
  }),
];

const byName = new Map(instanceTypes.map((type) => [type.name, type]));

export function findInstanceType(name: string): InstanceType | undefined {
  return byName.get(name);
}

/** All zones have all types, except that machines with a GPU are not in a region's last zone. */
export function isOffered(type: InstanceType, zoneName: string, zoneNames: readonly string[]): boolean {
  return type.gpu === undefined || zoneName !== zoneNames.at(-1);
}

type Details = Partial<Omit<InstanceType, 'name' | 'architecture' | 'vcpus' | 'memoryMiB'>>;

function x86(name: string, vcpus: number, memoryMiB: number, details: Details): InstanceType {
  return { ...usual, threadsPerCore: 2, name, architecture: 'x86_64', vcpus, memoryMiB, ...details };
}

function arm(name: string, vcpus: number, memoryMiB: number, details: Details): InstanceType {
  return { ...usual, threadsPerCore: 1, name, architecture: 'arm64', vcpus, memoryMiB, ...details };
}
