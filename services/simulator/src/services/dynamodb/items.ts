// DynamoDB's PutItem, GetItem and DeleteItem, by whole items and without conditions: enough for a steady load.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { type Document, defineOperation, type Operation } from '../../operation.ts';
import { findTable, type Item, type Table } from './tables-state.ts';

const service = 'dynamodb';
const attributes = z.record(z.string(), z.record(z.string(), z.unknown()));
const byKey = z.object({ TableName: z.string(), Key: attributes });

const putItem = defineOperation({
  service,
  name: 'PutItem',
  input: z.object({ TableName: z.string(), Item: attributes }),
  handle({ TableName, Item }, call) {
    const table = findTable(TableName, call);
    table.items.set(keyOf(Item, table), Item);
    return {};
  },
});

const getItem = defineOperation({
  service,
  name: 'GetItem',
  input: byKey,
  handle({ TableName, Key }, call) {
    const table = findTable(TableName, call);
    // An item is what a client sent as JSON, so it can be sent back as that.
    return { Item: table.items.get(keyOf(Key, table)) as Document | undefined };
  },
});

const deleteItem = defineOperation({
  service,
  name: 'DeleteItem',
  input: byKey,
  handle({ TableName, Key }, call) {
    const table = findTable(TableName, call);
    table.items.delete(keyOf(Key, table));
    return {};
  },
});

function keyOf(item: Item, { keySchema }: Table): string {
  const values = keySchema.map(({ AttributeName }) => item[AttributeName]);
  if (values.some((value) => value === undefined)) {
    throw new AwsError(
      'ValidationException',
      'One or more parameter values were invalid: a key of the table is missing in the item',
    );
  }
  return JSON.stringify(values);
}

export const items: readonly Operation[] = [putItem, getItem, deleteItem];
