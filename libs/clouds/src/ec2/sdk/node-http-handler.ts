// The SDK's HTTP handler. Required, for the same reason as client-ec2.ts.
import { createRequire } from 'node:module';

const sdk: typeof import('@smithy/node-http-handler') = createRequire(import.meta.url)(
  '@smithy/node-http-handler',
);

export const { NodeHttpHandler } = sdk;
