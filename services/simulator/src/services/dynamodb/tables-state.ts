// DynamoDB tables and their items. No timers: whoever looks at a table settles it to the present.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { StateKind } from '../../states.ts';

export interface Table {
  readonly name: string;
  readonly id: string;
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly keySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly throughput: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
  readonly createdAtMs: number;
  readonly activeAtMs: number;
  /** Set once it is being deleted. */
  readonly goneAtMs: number | undefined;
  /** By the JSON of their keys. */
  readonly items: Map<string, Item>;
}

/** Attributes in DynamoDB's notation: `{ "id": { "S": "x" } }`. */
export type Item = Readonly<Record<string, unknown>>;

const state: StateKind<Map<string, Table>> = {
  name: 'dynamodb-tables',
  reach: 'region',
  create: () => new Map(),
};

/** The tables of the caller's account in the region, in the order of their names. */
export function tablesOf(call: Call): Table[] {
  const tables = call.stateOf(state);
  for (const table of tables.values()) {
    if (table.goneAtMs !== undefined && table.goneAtMs <= call.nowMs) tables.delete(table.name);
  }
  return [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function putTable(table: Table, call: Call): void {
  call.stateOf(state).set(table.name, table);
}

/** `name` may be an ARN. */
export function findTable(name: string, call: Call): Table {
  const short = name.split('table/').at(-1);
  const table = tablesOf(call).find((each) => each.name === short);
  if (table) return table;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

export function statusOf({ activeAtMs, goneAtMs }: Table, nowMs: number): string {
  if (goneAtMs !== undefined) return 'DELETING';
  return activeAtMs <= nowMs ? 'ACTIVE' : 'CREATING';
}
