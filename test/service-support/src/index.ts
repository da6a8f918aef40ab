export { capturedLogger } from './captured-logger.ts';
export { createTestCaller, type TestCaller } from './create-test-caller.ts';
export { instanceBody } from './instance-body.ts';
export { repeatedRequest } from './repeated-request.ts';
export { seedClient, type TestClient } from './seed-client.ts';
