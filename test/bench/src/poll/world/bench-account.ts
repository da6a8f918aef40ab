// The one account that is polled, and the key that its cloud and the gateway know.
export const benchAccount = {
  number: '111111111111',
  accessKeyId: 'AKIABENCHBENCHBENCH1',
  secretAccessKey: 'a-secret-that-opens-nothing-but-the-simulator',
  region: 'us-east-1',
} as const;
