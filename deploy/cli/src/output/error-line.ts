import { isGatewayError } from '@cloud-gateway/contracts';
import { printable } from './printable.ts';

/** An error as its reader at the terminal wants it: what happened and what to do, never a stack. */
export function errorLine(err: unknown): string {
  return textOf(err).split('\n').map(printable).join('\n');
}

function textOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err);
  // Node gives an empty message to a connection that was refused at several addresses.
  const message = err.message || (err as NodeJS.ErrnoException).code || err.name;
  return isGatewayError(err) && err.detail ? `${message} (${err.detail})` : message;
}
