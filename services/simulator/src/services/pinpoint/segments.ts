// Pinpoint's actions on the segments of an application.
import { z } from 'zod';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { type App, findApp, findSegment, type Segment } from './apps-state.ts';

const service = 'mobiletargeting';
const ofApp = z.object({ appId: z.string() });
const byId = ofApp.extend({ segmentId: z.string() });

const createSegment = defineOperation({
  service,
  name: 'CreateSegment',
  http: 'POST /v1/apps/{appId}/segments',
  status: 201,
  input: ofApp.extend({ Name: z.string().min(1) }),
  handle({ appId, Name }, call) {
    const app = findApp(appId, call);
    const segment: Segment = { id: call.random.hex(32), name: Name, createdAtMs: call.nowMs };
    app.segments.set(segment.id, segment);
    return writeSegment(segment, app, call);
  },
});

const getSegments = defineOperation({
  service,
  name: 'GetSegments',
  http: 'GET /v1/apps/{appId}/segments',
  input: ofApp,
  handle({ appId }, call) {
    const app = findApp(appId, call);
    return { Item: [...app.segments.values()].map((segment) => writeSegment(segment, app, call)) };
  },
});

const getSegment = defineOperation({
  service,
  name: 'GetSegment',
  http: 'GET /v1/apps/{appId}/segments/{segmentId}',
  input: byId,
  handle({ appId, segmentId }, call) {
    const app = findApp(appId, call);
    return writeSegment(findSegment(app, segmentId), app, call);
  },
});

const deleteSegment = defineOperation({
  service,
  name: 'DeleteSegment',
  http: 'DELETE /v1/apps/{appId}/segments/{segmentId}',
  input: byId,
  handle({ appId, segmentId }, call) {
    const app = findApp(appId, call);
    const segment = findSegment(app, segmentId);
    app.segments.delete(segmentId);
    return writeSegment(segment, app, call);
  },
});

function writeSegment({ id, name, createdAtMs }: Segment, app: App, { region, accountId }: Call) {
  return {
    ApplicationId: app.id,
    Id: id,
    Name: name,
    Arn: `arn:aws:mobiletargeting:${region}:${accountId}:apps/${app.id}/segments/${id}`,
    CreationDate: new Date(createdAtMs).toISOString(),
    SegmentType: 'DIMENSIONAL',
    Version: 1,
  };
}

export const segments: readonly Operation[] = [createSegment, getSegments, getSegment, deleteSegment];
