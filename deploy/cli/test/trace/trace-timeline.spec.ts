import type { Trace } from '@cloud-gateway/store';
import { expect } from 'chai';
import { describeTrace } from '../../src/trace/describe-trace.ts';
import { parseLogLine } from '../../src/trace/log-line.ts';
import { traceNotes } from '../../src/trace/trace-notes.ts';
import type { TracedRequest } from '../../src/trace/trace-request.ts';
import { traceTimeline } from '../../src/trace/trace-timeline.ts';

const requestId = 'req_1';
const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);
const line = (ms: number, service: string, message: string, fields: object) => {
  const text = JSON.stringify({
    time: at(ms).toISOString(),
    level: 'info',
    service,
    message,
    requestId,
    ...fields,
  });
  const parsed = parseLogLine(text, requestId);
  if (!parsed) throw new Error('The line of the test is no line.');
  return parsed;
};

const nothing: Trace = { audit: [], idempotency: [], writeIntents: [], revisions: [], events: [] };
const noLogs = { lines: [], sources: [], unreadable: 0 };

const launch: TracedRequest = {
  requestId,
  stored: {
    ...nothing,
    idempotency: [{ clientId: 'cli_1', state: 'done', attempt: 2, createdAt: at(12), completedAt: at(95) }],
    revisions: [
      {
        resourceId: 'res_1',
        revision: 1,
        change: 'discovered',
        state: 'pending',
        validFrom: at(80),
        sequence: 7,
        changedFields: [],
        type: 'instance',
        cloudId: 'i-1',
        accountId: 'ec2-1',
        region: 'us-east-1',
      },
    ],
    events: [
      {
        outboxId: 1,
        id: 'res_1.1',
        accountId: 'ec2-1',
        routingKey: 'v1.ec2.ec2-1.us-east-1.instance.discovered.pending',
        type: 'x',
        sequence: 7,
        time: at(80),
        publishedAt: at(120),
      },
    ],
  },
  logs: {
    lines: [
      line(100, 'edge', 'http request', {
        method: 'POST',
        path: '/v1/x',
        status: 202,
        durationMs: 100,
        peer: '::1',
      }),
      line(98, 'cloud-adapter', 'request finished', {
        route: 'instance-create',
        deliveryClass: 'write',
        status: 202,
        clientId: 'cli_1',
        durationMs: 90,
      }),
      line(70, 'cloud-adapter', 'cloud call', {
        operation: 'RunInstances',
        where: 'ec2 us-east-1',
        outcome: 'ok',
        cloudRequestId: 'aws-1',
        durationMs: 50,
      }),
    ],
    sources: [{ name: 'gateway.log' }],
    unreadable: 0,
  },
  subscribers: new Map([['res_1.1', ['sub_1']]]),
};

describe('a traced request', () => {
  it('goes from the edge to the event, each at the time when it began', () => {
    const told = traceTimeline(launch).map(
      (entry) => `${entry.at.getMilliseconds()} ${entry.where}: ${entry.what}`,
    );
    expect(told).to.deep.equal([
      '0 edge: POST /v1/x from ::1',
      '8 cloud-adapter: takes it from the broker: write instance-create of cli_1',
      '12 store: its idempotency key is taken, for cli_1',
      '20 cloud: ec2 us-east-1 RunInstances: ok, after 50 ms, there request aws-1',
      '80 store: revision 1 of instance i-1: discovered, pending, sequence 7',
      '95 store: its outcome is stored under the key, in attempt 2',
      '98 cloud-adapter: has the answer 202, after 90 ms',
      '100 edge: answered 202, after 100 ms',
      '120 event: instance discovered pending, sequence 7: published to sub_1; its id is res_1.1',
    ]);
    expect(traceNotes(launch)).to.deep.equal([]);
    expect(describeTrace(launch)).to.match(/^req_1, from 2026-01-01T00:00:00\.000Z\n {5}0 ms {2}edge /);
  });

  it('says what it does not show, and why', () => {
    const withoutLogs = traceNotes({ ...launch, logs: noLogs });
    expect(withoutLogs[0]).to.match(/^No log was read: name one with --log/);
    const notDebug = traceNotes({
      ...launch,
      logs: { ...launch.logs, lines: launch.logs.lines.slice(0, 2) },
    });
    expect(notDebug).to.have.length(1);
    expect(notDebug[0]).to.match(
      /^The calls to the cloud are not shown: the log of the cloud-adapter is another one/,
    );
    const unknown = { requestId, stored: nothing, logs: noLogs, subscribers: new Map() };
    expect(describeTrace(unknown)).to.match(
      /^Nothing is known of req_1\.\n\n.*\nThe store has nothing of it/,
    );
  });
});
