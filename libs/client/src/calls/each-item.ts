import type { Route } from '@cloud-gateway/contracts';
import type { AnyCallInput } from './call-types.ts';
import type { Caller } from './create-caller.ts';

interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

/** Every item of every page. A page is asked for when the one before is used up. */
export async function* eachItem(call: Caller, route: Route, input: AnyCallInput): AsyncGenerator<unknown> {
  let cursor = input.query?.['cursor'];
  do {
    const query = { ...input.query, cursor };
    const { body } = await call(route, { ...input, query });
    const page = body as Page; // What a route of `ListName` answers.
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
