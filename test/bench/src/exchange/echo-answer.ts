import type { EchoItem } from './echo-item.ts';

export interface EchoAnswer {
  readonly id: string;
  readonly limit: number;
  readonly self: string;
  readonly item: EchoItem;
}

/** What the handler does, in all three systems: next to nothing. */
export function echoAnswer({ id, limit, item }: { id: string; limit: number; item: EchoItem }): EchoAnswer {
  return { id, limit, self: `/v1/echo/items/${id}?limit=${limit}`, item };
}
