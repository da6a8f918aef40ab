// Lambda: there are no functions, and who asks for one is told so.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { defineOperation, type Operation } from '../../operation.ts';

const service = 'lambda';

const listFunctions = defineOperation({
  service,
  name: 'ListFunctions',
  http: 'GET /2015-03-31/functions',
  input: z.object({}),
  handle: () => ({ Functions: [] }),
});

/** Its name may be an ARN: a path with colons, that signers encode in their own ways. */
const getFunction = defineOperation({
  service,
  name: 'GetFunction',
  http: 'GET /2015-03-31/functions/{functionName}',
  input: z.object({ functionName: z.string() }),
  handle({ functionName }, { region, accountId }) {
    const arn = functionName.startsWith('arn:')
      ? functionName
      : `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, { status: 404 });
  },
});

export const functions: readonly Operation[] = [listFunctions, getFunction];
