// Ids of requests: unique among all edges, cheap, and short enough to be read out on the telephone.
// The id is the message id, and so the idempotency key of a write without one: it must never come from outside.

export interface RequestIds {
  next(): string;
}

/** `randomPart` must differ between processes; 12 characters or more. */
export function createRequestIds(randomPart: string): RequestIds {
  let count = 0;
  return { next: () => `req_${randomPart}${(count++).toString(36).padStart(4, '0')}` };
}
