// The shapes of the calls that write, one of each per type of resource.
import type { CreatableType, UpdatableType, UpdateOf } from '@cloud-gateway/contracts';
import type { Change, CreateOptions, DestroyOptions, SpecOf, Target, WriteOptions } from '../../cloud.ts';
import type { WriteDeps } from './write-deps.ts';

export type Create<T extends CreatableType> = (
  deps: WriteDeps,
  spec: SpecOf<T>,
  options: CreateOptions,
) => Promise<Change>;

export type Update<T extends UpdatableType> = (
  deps: WriteDeps,
  target: Target,
  patch: UpdateOf<T>,
  options: WriteOptions,
) => Promise<Change>;

export type Destroy = (deps: WriteDeps, target: Target, options: DestroyOptions) => Promise<Change>;
