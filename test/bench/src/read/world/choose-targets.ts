// What is asked: two thousand resources from all over the store, and two hundred pages of fifty from every account. As
// many in a small store as in a large one, so that the same share of answers is in somebody's cache.
import { type Identity, identityOf } from '../store/bench-store.ts';

export interface Targets {
  readonly show: readonly string[];
  readonly list: readonly string[];
}

const shows = 2_000;
const listsPerAccount = 20;
const pageLength = 50;

/** Asks the gateway at `url` for each of them once: throws when an answer is not the expected one. */
export async function chooseTargets(
  url: string,
  headers: Readonly<Record<string, string>>,
  rows: number,
): Promise<Targets> {
  const asked = spread(rows, shows).map(identityOf).filter(isInstance);
  for (const identity of asked) await checkShow(url, headers, identity);
  const accounts = [...new Set(asked.map(({ account }) => account))];
  const list: string[] = [];
  for (const account of accounts) list.push(...(await walkPages(url, headers, account)));
  return { show: asked.map(showTarget), list };
}

function spread(rows: number, count: number): number[] {
  const step = Math.max(1, Math.floor(rows / count));
  // An odd step beside the ten accounts: all of them come.
  return Array.from({ length: Math.min(count, rows) }, (_, at) => (at * (step | 1)) % rows);
}

function isInstance({ type }: Identity): boolean {
  return type === 'instance';
}

function showTarget({ account, id }: Identity): string {
  return `/v1/clouds/ec2/accounts/${account}/instances/${id}`;
}

async function checkShow(
  url: string,
  headers: Readonly<Record<string, string>>,
  identity: Identity,
): Promise<void> {
  const target = showTarget(identity);
  const body = (await getJson(url + target, headers)) as { id?: string; cloudId?: string };
  if (body.id === identity.id && body.cloudId === identity.cloudId) return;
  throw new Error(`${target} answered ${body.id} ${body.cloudId}, not ${identity.cloudId}`);
}

/** From the first page on; what a small store does not have is left out. */
async function walkPages(
  url: string,
  headers: Readonly<Record<string, string>>,
  account: string,
): Promise<string[]> {
  const base = `/v1/clouds/ec2/accounts/${account}/instances?limit=${pageLength}`;
  const targets: string[] = [];
  let cursor: string | null | undefined;
  do {
    const target = cursor ? `${base}&cursor=${encodeURIComponent(cursor)}` : base;
    const page = (await getJson(url + target, headers)) as {
      items: { account: string }[];
      nextCursor: string | null;
    };
    if (page.items.some((item) => item.account !== account))
      throw new Error(`${target} answered with resources of another account`);
    if (page.items.length === pageLength) targets.push(target);
    cursor = page.nextCursor;
  } while (cursor && targets.length < listsPerAccount);
  if (targets.length === 0) throw new Error(`${account} has no ${pageLength} instances: take more rows`);
  return targets;
}

async function getJson(url: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
  if (response.status === 200) return response.json();
  throw new Error(`${url} answered ${response.status} ${await response.text()}`);
}
