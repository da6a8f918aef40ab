// The Range header (RFC 9110, 14.2), one range of bytes.
import { AwsError } from '../../aws-error.ts';

/** Gives the bytes from `start` up to, but without, `end`; undefined when the whole is wanted. */
export function readRange(
  header: string | undefined,
  length: number,
): { readonly start: number; readonly end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  // What is no range of bytes is passed over, as the RFC asks.
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length : Math.min(length, Number(last) + 1);
  if (start >= end) throw new AwsError('InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}
