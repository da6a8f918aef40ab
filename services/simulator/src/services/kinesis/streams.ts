// Kinesis streams, of one shard, whose records are counted and not kept.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { StateKind } from '../../states.ts';

interface Stream {
  readonly name: string;
  records: number;
}

const state: StateKind<Map<string, Stream>> = {
  name: 'kinesis-streams',
  reach: 'region',
  create: () => new Map(),
};

const service = 'kinesis';

const createStream = defineOperation({
  service,
  name: 'CreateStream',
  input: z.object({ StreamName: z.string().regex(/^[\w.-]{1,128}$/) }),
  handle({ StreamName }, call) {
    const streams = call.stateOf(state);
    if (streams.has(StreamName)) {
      throw new AwsError('ResourceInUseException', `Stream ${StreamName} already exists.`);
    }
    streams.set(StreamName, { name: StreamName, records: 0 });
    return {};
  },
});

const listStreams = defineOperation({
  service,
  name: 'ListStreams',
  input: z.object({}),
  handle: (_input, call) => ({
    StreamNames: [...call.stateOf(state).keys()].sort(),
    HasMoreStreams: false,
  }),
});

const putRecord = defineOperation({
  service,
  name: 'PutRecord',
  input: z.object({ StreamName: z.string(), PartitionKey: z.string(), Data: z.base64() }),
  handle({ StreamName }, call) {
    const stream = call.stateOf(state).get(StreamName);
    if (!stream) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Stream ${StreamName} under account ${call.accountId} not found.`,
      );
    }
    stream.records++;
    return { ShardId: 'shardId-000000000000', SequenceNumber: String(stream.records).padStart(20, '0') };
  },
});

export const streams: readonly Operation[] = [createStream, listStreams, putRecord];
