// What differs between two bodies, field by field. Pure.
import type { FieldChange } from '@cloud-gateway/contracts';
import { canonicalJson } from './canonical-body.ts';

/**
 * Names each place by its JSON Pointer (RFC 6901), sorted. Goes into objects, not into lists: a list has changed as a
 * whole, because an index says little about what a member is.
 */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  return changesBelow('', before, after);
}

function changesBelow(path: string, before: unknown, after: unknown): FieldChange[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names]
      .sort()
      .flatMap((name) => changesBelow(`${path}/${escaped(name)}`, own(before, name), own(after, name)));
  }
  if (canonicalJson(before) === canonicalJson(after)) return [];
  return [
    {
      path,
      ...(before === undefined ? {} : { from: before }),
      ...(after === undefined ? {} : { to: after }),
    },
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
