// The poller as it is delivered, relay and all, in a process of its own. It polls the instances only, and only when it is
// woken: everything else has an interval of a day.
import { systemClock } from '@cloud-gateway/clock';
import { openClouds } from '@cloud-gateway/clouds';
import { pollerConfigSchema, start } from '@cloud-gateway/poller';
import {
  createHealth,
  createLogger,
  createMetrics,
  type LogFields,
  type Logger,
  readConfig,
} from '@cloud-gateway/runtime';
import type { Poll } from '../run/sample.ts';
import { benchAccount } from '../world/bench-account.ts';
import { watchedCloud } from './watched-cloud.ts';

export interface PollerPlace {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly masterKey: string;
  /** Of the cloud. */
  readonly url: string;
}

export type PollerMethods = ReturnType<typeof createPollerProgram>;

export function createPollerProgram() {
  const polls = createMailbox<Poll>();
  let watchFor: (value: string | undefined) => void = () => undefined;

  return {
    async start({ databaseUrl, amqpUrl, masterKey, url }: PollerPlace): Promise<void> {
      const config = readConfig(pollerConfigSchema, {
        GATEWAY_DATABASE_URL: databaseUrl,
        GATEWAY_AMQP_URL: amqpUrl,
        GATEWAY_MASTER_KEY: masterKey,
        GATEWAY_EC2_ENDPOINT: url,
        GATEWAY_EC2_REGIONS: benchAccount.region,
        // The simulator has no limits of calls, and the bare SDK keeps to none.
        GATEWAY_EC2_POLL_BUDGET_PERCENT: '10000',
        GATEWAY_POLLER_INTERVALS: 'ec2.instances=24h/24h/24h',
      });
      const log = createLogger({ service: 'poller', level: 'warn', destination: process.stderr });
      const clouds = openClouds(config, {
        clock: systemClock,
        log,
        onClockTransition: () => undefined,
        onUnknownState: () => undefined,
      });
      let before = process.cpuUsage();
      const watched = clouds.all().map((cloud) =>
        watchedCloud(cloud, {
          group: 'instances',
          onOpen: () => {
            before = process.cpuUsage();
          },
        }),
      );
      watchFor = (value) => {
        for (const each of watched) each.watchFor(value);
      };
      const onLine = (message: string, fields: LogFields = {}) => {
        if (message === 'poll failed') polls.fail(new Error(`the poll failed: ${String(fields['err'])}`));
        if (message !== 'polled') return;
        const { user, system } = process.cpuUsage(before);
        polls.put({
          ...pollOf(fields),
          cpuMs: (user + system) / 1_000,
          readAtMs: Object.assign({}, ...watched.map((each) => each.takeReadTimes())),
        });
      };
      await start(config, {
        log: listeningLogger(log, onLine),
        metrics: createMetrics({ service: 'poller' }),
        health: createHealth(),
        clouds: watched.map(({ cloud }) => cloud),
      });
    },

    watchFor: ({ value }: { readonly value: string | null }): void => watchFor(value ?? undefined),

    /** The next poll that nobody has been told of. */
    nextPoll: (_: null): Promise<Poll> => polls.take(),
  };
}

// The line that the poller writes about each poll: its time and its counts, by kind of change.
function pollOf(fields: LogFields): Pick<Poll, 'wallMs' | 'seen' | 'changes'> {
  const { durationMs, seen, discovered, updated, state, deleted } = fields as Record<string, number>;
  const changes = (discovered ?? 0) + (updated ?? 0) + (state ?? 0) + (deleted ?? 0);
  return { wallMs: durationMs ?? 0, seen: seen ?? 0, changes };
}

/** Tells every line, of every level, before it goes on. */
function listeningLogger(inner: Logger, onLine: (message: string, fields?: LogFields) => void): Logger {
  const level = (name: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => {
    onLine(message, fields);
    inner[name](message, fields);
  };
  return {
    debug: level('debug'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
    child: (fields) => listeningLogger(inner.child(fields), onLine),
  };
}

interface Mailbox<T> {
  put(item: T): void;
  fail(err: Error): void;
  /** In the order in which they were put. */
  take(): Promise<T>;
}

function createMailbox<T>(): Mailbox<T> {
  const items: (T | Error)[] = [];
  let wake: () => void = () => undefined;
  const add = (item: T | Error) => {
    items.push(item);
    wake();
  };
  return {
    put: add,
    fail: add,
    async take() {
      if (items.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const item = items.shift() as T | Error;
      if (item instanceof Error) throw item;
      return item;
    },
  };
}
