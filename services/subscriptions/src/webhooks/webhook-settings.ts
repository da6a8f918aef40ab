// The settings of webhooks, and what the parts take from them.
import { setting } from '@cloud-gateway/runtime';
import type { z } from 'zod';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export const webhookSettings = {
  GATEWAY_WEBHOOKS_ALLOW_PRIVATE: setting.flag({
    default: false,
    description:
      'true: webhooks may also be posted by http, and to addresses of private networks and of this machine. Everybody who may subscribe then reaches what this process reaches.',
  }),
  GATEWAY_WEBHOOKS_CA_FILE: setting.file({
    optional: true,
    description:
      "Certificate authorities (PEM) that receivers' certificates may come from, besides the public ones.",
  }),
  GATEWAY_WEBHOOKS_PARALLEL: setting.integer({
    min: 1,
    max: 200,
    default: 8,
    description: 'Posts under way at once for one webhook; of each account one.',
  }),
  GATEWAY_WEBHOOKS_WINDOW: setting.integer({
    min: 2,
    max: 10_000,
    default: 500,
    description:
      'Events that are held in memory for one webhook; while accounts that fail hold more than half of it and others do not fail, the former lose their patience: see services/subscriptions/src/webhooks/README.md.',
  }),
  GATEWAY_WEBHOOKS_ATTEMPTS: setting.integer({
    min: 1,
    max: 1_000,
    default: 15,
    description: 'After so many posts without a 2xx an event goes to the list of dead letters.',
  }),
  GATEWAY_WEBHOOKS_RETRY_FOR_MS: setting.milliseconds({
    min: 1,
    default: hour,
    description: 'How long after its first post an event is posted again, at the most.',
  }),
  GATEWAY_WEBHOOKS_BACKOFF_BASE_MS: setting.milliseconds({
    min: 1,
    default: 500,
    description: 'Time between the first post and the second; it doubles with each further one.',
  }),
  GATEWAY_WEBHOOKS_BACKOFF_MAX_MS: setting.milliseconds({
    min: 1,
    default: 5 * minute,
    description: 'No time between two posts is longer, unless the receiver asks for it by Retry-After.',
  }),
  GATEWAY_WEBHOOKS_GONE_PAUSE_MS: setting.milliseconds({
    min: 1,
    default: hour,
    description: 'How long nothing is posted to a receiver that has answered 410 Gone.',
  }),
  GATEWAY_WEBHOOKS_SCAN_MS: setting.milliseconds({
    min: 10,
    default: 3 * second,
    description: 'How often to look for webhooks that were made or ended.',
  }),
};

export type WebhookConfig = { readonly [Name in keyof typeof webhookSettings]: WebhookValue<Name> };
type WebhookValue<Name extends keyof typeof webhookSettings> = z.output<(typeof webhookSettings)[Name]>;

/** When an event is posted again, and when no more. */
export interface RetrySettings {
  readonly attemptsMax: number;
  readonly retryForMs: number;
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
  readonly gonePauseMs: number;
}

export interface WebhookSettings {
  readonly allowPrivate: boolean;
  /** A path. */
  readonly caFile: string | undefined;
  readonly parallel: number;
  readonly window: number;
  readonly scanMs: number;
  /** How long an event may be held unacknowledged before all are given back and taken anew. */
  readonly holdMaxMs: number;
  /** How long an account fails before it has to give way to others that do not. */
  readonly patienceMs: number;
  /** How long the end of this process waits for answers under way. */
  readonly drainMs: number;
  /** How long to wait before a dead letter is stored that the store has not taken. */
  readonly storeRetryMs: number;
  readonly retry: RetrySettings;
}

export function webhookSettingsOf(config: WebhookConfig): WebhookSettings {
  return {
    allowPrivate: config.GATEWAY_WEBHOOKS_ALLOW_PRIVATE,
    caFile: config.GATEWAY_WEBHOOKS_CA_FILE,
    parallel: config.GATEWAY_WEBHOOKS_PARALLEL,
    window: config.GATEWAY_WEBHOOKS_WINDOW,
    scanMs: config.GATEWAY_WEBHOOKS_SCAN_MS,
    patienceMs: 30 * second,
    holdMaxMs: 10 * minute, // RabbitMQ's own limit, `consumer_timeout`, is 30 minutes.
    drainMs: 3 * second,
    storeRetryMs: 2 * second,
    retry: {
      attemptsMax: config.GATEWAY_WEBHOOKS_ATTEMPTS,
      retryForMs: config.GATEWAY_WEBHOOKS_RETRY_FOR_MS,
      backoffBaseMs: config.GATEWAY_WEBHOOKS_BACKOFF_BASE_MS,
      backoffMaxMs: config.GATEWAY_WEBHOOKS_BACKOFF_MAX_MS,
      gonePauseMs: config.GATEWAY_WEBHOOKS_GONE_PAUSE_MS,
    },
  };
}
