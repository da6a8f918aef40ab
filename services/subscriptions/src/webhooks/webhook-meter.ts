import type { Metrics } from '@cloud-gateway/runtime';
import type { PostOutcome } from './decide-next.ts';

export interface WebhookMeter {
  posted(outcome: PostOutcome, durationMs: number): void;
  gaveUp(): void;
}

export function createWebhookMeter(metrics: Metrics): WebhookMeter {
  const deliveries = metrics.counter(
    'gateway_webhook_deliveries_total',
    'Events posted to webhooks, by what came of it; each attempt counts.',
    ['outcome'],
  );
  const seconds = metrics.histogram(
    'gateway_webhook_delivery_seconds',
    'From the beginning of a post to the status of its answer, or to its failure.',
  );
  const deadLetters = metrics.counter(
    'gateway_webhook_dead_letters_total',
    'Events that no attempt has delivered.',
  );
  return {
    posted(outcome, durationMs) {
      deliveries.inc({ outcome });
      seconds.observe(durationMs / 1000);
    },
    gaveUp: () => deadLetters.inc(),
  };
}
