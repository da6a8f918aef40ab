// DynamoDB's actions on tables. A new one is CREATING for a while, a deleted one DELETING.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { newRequestId } from '../../random-source.ts';
import { findTable, putTable, statusOf, type Table, tablesOf } from './tables-state.ts';

const service = 'dynamodb';
const byName = z.object({ TableName: z.string() });

const createTable = defineOperation({
  service,
  name: 'CreateTable',
  input: z.object({
    TableName: z.string().regex(/^[\w.-]{3,255}$/, 'must be 3 to 255 letters, digits, _ - or .'),
    AttributeDefinitions: z.array(
      z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
    ),
    KeySchema: z
      .array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
      .min(1)
      .max(2),
    ProvisionedThroughput: z
      .object({ ReadCapacityUnits: z.int().min(1), WriteCapacityUnits: z.int().min(1) })
      .default({ ReadCapacityUnits: 0 as number, WriteCapacityUnits: 0 as number }),
  }),
  handle({ TableName, AttributeDefinitions, KeySchema, ProvisionedThroughput }, call) {
    if (tablesOf(call).some(({ name }) => name === TableName)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${TableName}`);
    }
    const table: Table = {
      name: TableName,
      id: newRequestId(call.random),
      attributes: AttributeDefinitions,
      keySchema: KeySchema,
      throughput: ProvisionedThroughput,
      createdAtMs: call.nowMs,
      activeAtMs: call.nowMs + call.settings.transitionMs,
      goneAtMs: undefined,
      items: new Map(),
    };
    putTable(table, call);
    return { TableDescription: writeTable(table, call) };
  },
});

const listTables = defineOperation({
  service,
  name: 'ListTables',
  input: z.object({
    ExclusiveStartTableName: z.string().default(''),
    Limit: z.int().min(1).max(100).default(100),
  }),
  handle({ ExclusiveStartTableName, Limit }, call) {
    const names = tablesOf(call)
      .map(({ name }) => name)
      .filter((name) => name > ExclusiveStartTableName);
    const page = names.slice(0, Limit);
    return { TableNames: page, LastEvaluatedTableName: names.length > Limit ? page.at(-1) : undefined };
  },
});

const describeTable = defineOperation({
  service,
  name: 'DescribeTable',
  input: byName,
  handle: ({ TableName }, call) => ({ Table: writeTable(findTable(TableName, call), call) }),
});

const deleteTable = defineOperation({
  service,
  name: 'DeleteTable',
  input: byName,
  handle({ TableName }, call) {
    const table = findTable(TableName, call);
    if (statusOf(table, call.nowMs) !== 'ACTIVE') {
      throw new AwsError(
        'ResourceInUseException',
        `Attempt to change a resource which is still in use: Table: ${TableName}`,
      );
    }
    const leaving = { ...table, goneAtMs: call.nowMs + call.settings.transitionMs };
    putTable(leaving, call);
    return { TableDescription: writeTable(leaving, call) };
  },
});

function writeTable(table: Table, { nowMs, region, accountId }: Call) {
  return {
    TableName: table.name,
    TableId: table.id,
    TableArn: `arn:aws:dynamodb:${region}:${accountId}:table/${table.name}`,
    TableStatus: statusOf(table, nowMs),
    AttributeDefinitions: table.attributes.map((attribute) => ({ ...attribute })),
    KeySchema: table.keySchema.map((key) => ({ ...key })),
    ProvisionedThroughput: { ...table.throughput, NumberOfDecreasesToday: 0 },
    CreationDateTime: new Date(table.createdAtMs),
    ItemCount: table.items.size,
    TableSizeBytes: 0,
  };
}

export const tables: readonly Operation[] = [createTable, listTables, describeTable, deleteTable];
