// What a client sees of the account through the gateway.
import { allResourceTypes, type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import { type ApiClient, servedBody } from '../api-client.ts';

/** A document of any type; of it only what a test asks for is known. */
export interface Document {
  readonly id: string;
  readonly type: ResourceType;
  readonly cloudId: string;
  /** Null: published, kept once for everybody. */
  readonly account: string | null;
  readonly owner: string | null;
  readonly revision: number;
  readonly sequence: number;
  readonly [field: string]: unknown;
}

/** Everything in every list of the account, published resources too. */
export async function listEverything(api: ApiClient, account: string): Promise<Document[]> {
  const lists = await Promise.all(allResourceTypes.map((type) => listAll(api, account, type)));
  return lists.flat();
}

async function listAll(api: ApiClient, account: string, type: ResourceType): Promise<Document[]> {
  const path = `/v1/clouds/ec2/accounts/${account}/${resourceTypes[type].collection}?limit=50&view=full`;
  const documents: Document[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answers = await api.sendUntilServed({ method: 'GET', path: `${path}${from}` });
    const page = servedBody<{ items: Document[]; nextCursor: string | null }>(answers.at(-1));
    documents.push(...page.items);
    cursor = page.nextCursor;
  }
  return documents;
}

/** Of a document: what the cloud said. Without the gateway's record of it, and the address that a policy chooses. */
export function bodyOf(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const body = Object.entries(document).filter(([field]) => !recordFields.has(field));
  return Object.fromEntries(body);
}

const recordFields: ReadonlySet<string> = new Set([
  'id',
  'href',
  'cloud',
  'account',
  'region',
  'revision',
  'sequence',
  'firstSeenAt',
  'updatedAt',
  'observedAt',
  'stale',
  'deletedAt',
  'connectAddress',
]);
