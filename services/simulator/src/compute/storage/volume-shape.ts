// What each type of volume can be: sizes, operations per second, throughput. Numbers: the EBS user guide, "Amazon EBS
// volume types". The words of the refusals are EC2's.
import { AwsError } from '../../aws-error.ts';
import { type VolumeShape, type VolumeType, volumeTypes } from './volume.ts';

interface Limits {
  readonly sizeGiB: readonly [min: number, max: number];
  /** Only of the types whose operations per second are for the caller to choose. */
  readonly iops?: {
    readonly min: number;
    readonly max: number;
    readonly perGiBMax: number;
    /** Without one, the caller has to say. */
    readonly usual?: number;
  };
}

const limits: Readonly<Record<VolumeType, Limits>> = {
  gp2: { sizeGiB: [1, 16_384] },
  gp3: { sizeGiB: [1, 65_536], iops: { min: 3000, max: 80_000, perGiBMax: 500, usual: 3000 } },
  io1: { sizeGiB: [4, 16_384], iops: { min: 100, max: 64_000, perGiBMax: 50 } },
  io2: { sizeGiB: [4, 65_536], iops: { min: 100, max: 256_000, perGiBMax: 1000 } },
  st1: { sizeGiB: [125, 16_384] },
  sc1: { sizeGiB: [125, 16_384] },
  standard: { sizeGiB: [1, 1024] },
};

const throughputRange = [125, 2000] as const;

export interface WantedShape {
  readonly sizeGiB: number;
  readonly type: string;
  readonly iops: number | undefined;
  readonly throughput: number | undefined;
  readonly multiAttach: boolean;
}

/** Fills in what was left open; throws what EC2 says of a shape that cannot be. */
export function checkVolumeShape({
  sizeGiB,
  type: name,
  iops,
  throughput,
  multiAttach,
}: WantedShape): VolumeShape {
  const type = volumeTypes.find((each) => each === name);
  if (!type) {
    throw new AwsError(
      'UnknownVolumeType',
      `Unsupported volume type '${name.slice(0, 50)}' for volume creation.`,
    );
  }
  checkSize(sizeGiB, type);
  if (multiAttach && type !== 'io1' && type !== 'io2') {
    throw new AwsError('InvalidParameterCombination', `Multi-Attach is not supported for ${type} volumes.`);
  }
  return {
    sizeGiB,
    type,
    iops: checkIops(iops, sizeGiB, type),
    throughput: checkThroughput(throughput, type),
    multiAttach,
  };
}

function checkSize(sizeGiB: number, type: VolumeType): void {
  const [min, max] = limits[type].sizeGiB;
  if (sizeGiB >= min && sizeGiB <= max) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Volume of ${sizeGiB} GiB is not possible for volume type ${type}: its size is between ${min} and ${max} GiB.`,
  );
}

function checkIops(iops: number | undefined, sizeGiB: number, type: VolumeType): number | undefined {
  const range = limits[type].iops;
  if (!range) {
    if (iops !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        `The parameter iops is not supported for ${type} volumes.`,
      );
    }
    // Three for each GiB, within bounds: gp2 has no choice, but shows what it has.
    return type === 'gp2' ? Math.min(16_000, Math.max(100, 3 * sizeGiB)) : undefined;
  }
  const chosen = iops ?? range.usual;
  if (chosen === undefined) {
    throw new AwsError('MissingParameter', `The request must contain the parameter iops for ${type} volumes`);
  }
  if (chosen < range.min || chosen > range.max) {
    throw new AwsError(
      'InvalidParameterValue',
      `Volume iops of ${chosen} is not possible for ${type}: it is between ${range.min} and ${range.max}.`,
    );
  }
  const ratio = chosen / sizeGiB;
  // What a type has anyway, it has at any size.
  if (ratio > range.perGiBMax && chosen !== range.usual) {
    throw new AwsError(
      'InvalidParameterCombination',
      `Iops to volume size ratio of ${ratio.toFixed(6)} is too high; maximum is ${range.perGiBMax}`,
    );
  }
  return chosen;
}

function checkThroughput(throughput: number | undefined, type: VolumeType): number | undefined {
  if (type !== 'gp3') {
    if (throughput === undefined) return undefined;
    throw new AwsError('InvalidParameterCombination', 'throughput can only be specified for volumeType gp3.');
  }
  const [min, max] = throughputRange;
  const chosen = throughput ?? min;
  if (chosen >= min && chosen <= max) return chosen;
  throw new AwsError(
    'InvalidParameterValue',
    `Throughput of ${chosen} is not possible: it is between ${min} and ${max}.`,
  );
}
