// Pinpoint's applications, and the segments of each.
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { StateKind } from '../../states.ts';

export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
}

export interface App {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly segments: Map<string, Segment>;
}

const state: StateKind<Map<string, App>> = {
  name: 'pinpoint-apps',
  reach: 'region',
  create: () => new Map(),
};

export function appsOf(call: Call): Map<string, App> {
  return call.stateOf(state);
}

export function findApp(id: string, call: Call): App {
  const app = appsOf(call).get(id);
  if (app) return app;
  throw new AwsError('NotFoundException', 'Resource not found');
}

export function findSegment(app: App, id: string): Segment {
  const segment = app.segments.get(id);
  if (segment) return segment;
  throw new AwsError('NotFoundException', 'Resource not found');
}
