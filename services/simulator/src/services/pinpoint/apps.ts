// Pinpoint's actions on applications. Requests and answers are the application itself, not an object around it.
import { z } from 'zod';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { type App, appsOf, findApp } from './apps-state.ts';

const service = 'mobiletargeting';
const byId = z.object({ appId: z.string() });

const createApp = defineOperation({
  service,
  name: 'CreateApp',
  http: 'POST /v1/apps',
  status: 201,
  input: z.object({ Name: z.string().min(1) }),
  handle({ Name }, call) {
    const app: App = { id: call.random.hex(32), name: Name, createdAtMs: call.nowMs, segments: new Map() };
    appsOf(call).set(app.id, app);
    return writeApp(app, call);
  },
});

const getApps = defineOperation({
  service,
  name: 'GetApps',
  http: 'GET /v1/apps',
  input: z.object({}),
  handle: (_input, call) => ({ Item: [...appsOf(call).values()].map((app) => writeApp(app, call)) }),
});

const getApp = defineOperation({
  service,
  name: 'GetApp',
  http: 'GET /v1/apps/{appId}',
  input: byId,
  handle: ({ appId }, call) => writeApp(findApp(appId, call), call),
});

const deleteApp = defineOperation({
  service,
  name: 'DeleteApp',
  http: 'DELETE /v1/apps/{appId}',
  input: byId,
  handle({ appId }, call) {
    const app = findApp(appId, call);
    appsOf(call).delete(appId);
    return writeApp(app, call);
  },
});

function writeApp({ id, name, createdAtMs }: App, { region, accountId }: Call) {
  return {
    Id: id,
    Name: name,
    Arn: `arn:aws:mobiletargeting:${region}:${accountId}:apps/${id}`,
    CreationDate: new Date(createdAtMs).toISOString(),
  };
}

export const apps: readonly Operation[] = [createApp, getApps, getApp, deleteApp];
