// What an action takes, as data: a handler lists its fields and gets a typed object, or the caller gets the error that
// AWS gives. `wire` is the parameter's name in the query.
import { AwsError } from '../aws-error.ts';
import { membersOf, nodeAt, type ParamNode } from './params.ts';
import type { Scalar } from './scalars.ts';

export interface Field<T> {
  readonly wire: string;
  /** `name` is the full path, for the message. */
  read(node: ParamNode | undefined, name: string): T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export function readFields<F extends Fields>(fields: F, node: ParamNode, prefix = ''): ValuesOf<F> {
  const values = Object.entries(fields).map(([key, field]) => [
    key,
    field.read(nodeAt(node, field.wire), `${prefix}${field.wire}`),
  ]);
  // Object.fromEntries forgets which key got which type; each was read by the field of that key just above.
  return Object.fromEntries(values) as ValuesOf<F>;
}

export function optional<T>(wire: string, scalar: Scalar<T>): Field<T | undefined> {
  return { wire, read: (node, name) => (node?.value === undefined ? undefined : scalar(node.value, name)) };
}

export function withDefault<T>(wire: string, scalar: Scalar<T>, otherwise: T): Field<T> {
  return { wire, read: (node, name) => (node?.value === undefined ? otherwise : scalar(node.value, name)) };
}

export function required<T>(wire: string, scalar: Scalar<T>): Field<T> {
  return {
    wire,
    read: (node, name) => {
      if (node?.value === undefined || node.value === '') throw missing(name);
      return scalar(node.value, name);
    },
  };
}

export function list<T>(wire: string, scalar: Scalar<T>): Field<readonly T[]> {
  return {
    wire,
    read: (node, name) =>
      membersOf(node).map(([index, member]) => scalar(member.value ?? '', `${name}.${index}`)),
  };
}

/** A list that must have at least one member. */
export function requiredList<T>(wire: string, scalar: Scalar<T>): Field<readonly T[]> {
  const field = list(wire, scalar);
  return {
    wire,
    read: (node, name) => {
      const members = field.read(node, name);
      if (members.length === 0) throw missing(name);
      return members;
    },
  };
}

export function structures<F extends Fields>(wire: string, fields: F): Field<readonly ValuesOf<F>[]> {
  return {
    wire,
    read: (node, name) =>
      membersOf(node).map(([index, member]) => readFields(fields, member, `${name}.${index}.`)),
  };
}

export function structure<F extends Fields>(wire: string, fields: F): Field<ValuesOf<F> | undefined> {
  return { wire, read: (node, name) => (node ? readFields(fields, node, `${name}.`) : undefined) };
}

function missing(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
}
