// What a cloud brings to the suite: for every type that can be made, what it is made from, and what can be changed of it.
import type { SpecOf } from '@cloud-gateway/clouds';
import type {
  BodyOf,
  CreatableType,
  InstanceAction,
  UpdatableType,
  UpdateOf,
} from '@cloud-gateway/contracts';
import type { Given } from './given.ts';

/** One row per type; absent: the cloud does not make it. */
export type Specs = { readonly [T in CreatableType]?: TypeSpecs<T> };

export interface TypeSpecs<T extends CreatableType> {
  /** The cloud's own names of the calls that make one from `minimal`, unmake it, and act on it. */
  readonly calls: { readonly create: string; readonly destroy: string } & Partial<
    Readonly<Record<InstanceAction, string>>
  >;
  /** Fields, also of cloudAttributes, that the cloud tells otherwise than they were sent. */
  readonly rewrites?: readonly string[];
  /** Fields, also of cloudAttributes, that are told otherwise, or not yet, while it is in transition. */
  readonly passing?: readonly string[];
  /** What a create cannot go without. What it names is made first. */
  readonly minimal: (maker: Maker) => Promise<SpecOf<T>>;
  /** All that a create takes and the body shows again under the same name. */
  readonly full?: (maker: Maker) => Promise<SpecOf<T>>;
  /** One to which everything can be done that the cloud can do to any. Default: minimal. */
  readonly able?: (maker: Maker) => Promise<SpecOf<T>>;
  /** Changes to try one after the other; where the state matters, it is brought about before. */
  readonly patches?: T extends UpdatableType ? readonly Patch<T>[] : readonly [];
}

export interface Patch<T extends UpdatableType> {
  readonly patch: UpdateOf<T> | ((maker: Maker) => Promise<UpdateOf<T>>);
  /** Of an instance: it has to be stopped. */
  readonly whileStopped?: true;
}

/** Makes what a spec needs. */
export interface Maker {
  readonly given: Given;
  /** One that nothing else has. */
  name(): string;
  /** One made from `spec`, by default the minimal one, out of its transition. */
  make<T extends CreatableType>(type: T, spec?: SpecOf<T>): Promise<BodyOf<T>>;
}
