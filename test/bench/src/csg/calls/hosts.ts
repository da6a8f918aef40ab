// Where the measured calls seem to go. The cloud of the benchmark has a certificate for both.
export const region = 'us-east-1';
export const databaseHost = `dynamodb.${region}.amazonaws.com`;
export const storageHost = `s3.${region}.amazonaws.com`;
