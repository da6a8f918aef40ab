// Keeps one Webhook running for each subscription by webhook that is not ended or suspended. The database is the truth: it
// is asked now and then, and when somebody says that it has changed.
import { readFile } from 'node:fs/promises';
import type { Clock } from '@cloud-gateway/clock';
import type { BrokerConnection } from '@cloud-gateway/messaging';
import { type Logger, type Metrics, sleep } from '@cloud-gateway/runtime';
import type { Store, Subscription } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import { createWebhookPoster } from './post-webhook.ts';
import { startWebhook, type Webhook, type WebhookDeps } from './webhook.ts';
import type { ResolveName } from './webhook-addresses.ts';
import { createWebhookMeter } from './webhook-meter.ts';
import { webhookKey, webhookSecretContext } from './webhook-secret.ts';
import type { WebhookSettings } from './webhook-settings.ts';

export interface WebhooksDeps {
  readonly store: { readonly read: Pick<Store['read'], 'subscriptions' | 'webhookDeadLetters'> };
  readonly vault: Pick<Vault, 'open'>;
  /** Of its own: each webhook has a channel on it. */
  readonly connection: BrokerConnection;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly settings: WebhookSettings;
  /** Default: Math.random. */
  readonly random?: () => number;
  /** Default: the DNS. */
  readonly resolve?: ResolveName;
}

export interface Webhooks {
  /** Looks at the store now: a subscription was made, ended or suspended. */
  refresh(): void;
  /** False while the store does not answer. What runs already runs on. */
  isHealthy(): boolean;
  /** Waits a moment for answers under way; other processes go on with what is left. */
  stop(): Promise<void>;
}

export async function startWebhooks(deps: WebhooksDeps): Promise<Webhooks> {
  const { metrics, settings, random = Math.random } = deps;
  const poster = createWebhookPoster({
    allowPrivate: settings.allowPrivate,
    ca: settings.caFile === undefined ? undefined : await readFile(settings.caFile, 'utf8'),
    ...(deps.resolve && { resolve: deps.resolve }),
  });
  const webhooks = new RunningWebhooks(deps, {
    ...deps,
    poster,
    random,
    meter: createWebhookMeter(metrics),
  });
  webhooks.start();
  return {
    refresh: () => webhooks.refresh(),
    isHealthy: () => webhooks.isHealthy,
    async stop() {
      await webhooks.stop();
      poster.close();
    },
  };
}

class RunningWebhooks {
  readonly #deps: WebhooksDeps;
  readonly #webhookDeps: WebhookDeps;
  readonly #running = new Map<string, Webhook>();
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #failures = 0;
  #isStale = false;
  #endPause: () => void = () => undefined;

  constructor(deps: WebhooksDeps, webhookDeps: WebhookDeps) {
    this.#deps = deps;
    this.#webhookDeps = webhookDeps;
  }

  get isHealthy(): boolean {
    return this.#failures === 0;
  }

  start(): void {
    this.#loop = this.#run();
  }

  refresh(): void {
    this.#isStale = true;
    this.#endPause();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#endPause();
    await this.#loop;
    const { drainMs } = this.#deps.settings;
    await Promise.all([...this.#running.values()].map((webhook) => webhook.stop(drainMs)));
    this.#running.clear();
  }

  async #run(): Promise<void> {
    const { log, settings, store } = this.#deps;
    while (!this.#stopping.signal.aborted) {
      this.#isStale = false;
      try {
        await this.#reconcile(new Set(await store.read.subscriptions.listWebhookIds()));
        this.#failures = 0;
      } catch (err) {
        this.#failures += 1;
        if (this.#failures === 1) log.warn('webhooks cannot be listed; those that run go on', { err });
      }
      await this.#pause(settings.scanMs);
    }
  }

  async #reconcile(wanted: ReadonlySet<string>): Promise<void> {
    const ended = [...this.#running].filter(([id]) => !wanted.has(id));
    for (const [id] of ended) this.#running.delete(id);
    // Nobody waits for these: their posts are cut off.
    await Promise.all(ended.map(([, webhook]) => webhook.stop(0)));
    for (const id of wanted) {
      if (this.#stopping.signal.aborted) return;
      if (this.#running.has(id)) continue;
      const subscription = await this.#deps.store.read.subscriptions.find(id);
      if (subscription) await this.#begin(subscription);
    }
    await Promise.all([...this.#running.values()].map((webhook) => webhook.lookAfter()));
  }

  async #begin({ id, delivery, sealedSecret }: Subscription): Promise<void> {
    const { vault, log } = this.#deps;
    if (delivery.kind !== 'webhook' || sealedSecret === null) return;
    try {
      const secret = await vault.open(sealedSecret, webhookSecretContext(id));
      const webhook = await startWebhook(this.#webhookDeps, {
        subscriptionId: id,
        url: new URL(delivery.url),
        timeoutMs: delivery.timeoutSeconds * 1000,
        key: webhookKey(secret.toString()),
      });
      this.#running.set(id, webhook);
    } catch (err) {
      log.error('a webhook cannot be started; its events wait', { subscriptionId: id, err });
    }
  }

  async #pause(ms: number): Promise<void> {
    const ending = new AbortController();
    this.#endPause = () => ending.abort();
    if (this.#stopping.signal.aborted || this.#isStale) return;
    await sleep(ms, ending.signal).catch(() => undefined);
  }
}
