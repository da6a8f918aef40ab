// One connection to RabbitMQ that comes back by itself. Everything that lives on it (a requester, a consumer, a
// publisher) is a component: it is opened on every new connection, in the order of attachment, and told when the
// connection is lost. A component whose channel alone dies asks to be opened again.
import { readFile } from 'node:fs/promises';
import { GatewayError } from '@cloud-gateway/contracts';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import { type ChannelModel, connect } from 'amqplib';

export interface BrokerComponent {
  readonly name: string;
  /** Declares what it needs and starts. Runs again after each reconnection; safe to run again. */
  open(model: ChannelModel): Promise<void>;
  /** What was opened is gone. */
  lost(): void;
}

export interface BrokerConnection {
  /** Opens the component now, and again after each reconnection. Rejects when the first opening fails. */
  attach(component: BrokerComponent): Promise<void>;
  detach(component: BrokerComponent): void;
  /** For a component whose own channel has died while the connection lives. */
  reopen(component: BrokerComponent): void;
  isUp(): boolean;
  /** Closes for good; components are told. */
  close(): Promise<void>;
}

export interface BrokerOptions {
  /** amqp:// or amqps://, with user, password and virtual host. */
  readonly url: string;
  /**
   * PEM file of the authorities that sign the broker's certificate; for amqps://. Undefined: those that Node.js trusts.
   * Read at each connection, so that it can be replaced.
   */
  readonly caFile?: string | undefined;
  /** Shown in the broker's own list of connections. */
  readonly name: string;
  readonly log: Logger;
  readonly heartbeatSeconds?: number;
  readonly connectTimeoutMs?: number;
  /** How long the first connection may take, over all attempts. */
  readonly firstConnectionTimeoutMs?: number;
  readonly random?: () => number;
}

/** Connects, retrying until `firstConnectionTimeoutMs`; rejects with `unavailable` when that is over. */
export async function connectBroker(options: BrokerOptions): Promise<BrokerConnection> {
  const connection = new ReconnectingConnection(options);
  await connection.start();
  return connection;
}

/**
 * Modes: `connecting` (no model; attempts with growing delays) → `up` (model set, components opened) → back to
 * `connecting` when the broker or the network drops it → `closed` for good after close().
 */
class ReconnectingConnection implements BrokerConnection {
  readonly #options: Required<Omit<BrokerOptions, 'caFile'>> & Pick<BrokerOptions, 'caFile'>;
  readonly #components: BrokerComponent[] = [];
  readonly #closing = new AbortController();
  /** The living connection; undefined while connecting or closed. */
  #model: ChannelModel | undefined;
  /** The running series of attempts, so that there is only one. */
  #connecting: Promise<void> | undefined;

  constructor(options: BrokerOptions) {
    this.#options = {
      heartbeatSeconds: 10,
      connectTimeoutMs: 10_000,
      firstConnectionTimeoutMs: 30_000,
      random: Math.random,
      ...options,
    };
  }

  async start(): Promise<void> {
    await this.#connectUntil(Date.now() + this.#options.firstConnectionTimeoutMs);
  }

  isUp(): boolean {
    return this.#model !== undefined;
  }

  async attach(component: BrokerComponent): Promise<void> {
    this.#components.push(component);
    try {
      if (this.#model) await component.open(this.#model);
    } catch (err) {
      this.detach(component);
      throw err;
    }
  }

  detach(component: BrokerComponent): void {
    const at = this.#components.indexOf(component);
    if (at >= 0) this.#components.splice(at, 1);
  }

  reopen(component: BrokerComponent): void {
    const model = this.#model;
    if (!model || !this.#components.includes(component)) return;
    component.lost();
    this.#openAgain(model, component).catch((err: unknown) =>
      this.#options.log.error('a component could not be opened again', { component: component.name, err }),
    );
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const model = this.#model;
    this.#model = undefined;
    await this.#connecting?.catch(() => undefined);
    for (const component of [...this.#components]) component.lost();
    this.#components.length = 0;
    await model?.close().catch(() => undefined);
  }

  async #openAgain(model: ChannelModel, component: BrokerComponent): Promise<void> {
    for (let attempt = 1; model === this.#model && !this.#closing.signal.aborted; attempt++) {
      try {
        await component.open(model);
        return;
      } catch (err) {
        this.#options.log.warn('opening a component again failed; trying once more', {
          component: component.name,
          err,
        });
        await sleep(this.#delayMs(attempt), this.#closing.signal).catch(() => undefined);
      }
    }
  }

  async #connectUntil(endsAtMs: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#connectOnce();
        return;
      } catch (cause) {
        if (this.#closing.signal.aborted) throw closedError();
        // One line for a whole series of failures is enough; later ones are for the curious.
        const level = attempt === 1 ? 'warn' : 'debug';
        this.#options.log[level]('the broker cannot be reached; trying again', { attempt, err: cause });
        const delayMs = this.#delayMs(attempt);
        if (Date.now() + delayMs >= endsAtMs) {
          throw new GatewayError('unavailable', {
            message: unreachableMessage(this.#options),
            cause,
          });
        }
        await sleep(delayMs, this.#closing.signal).catch(() => {
          throw closedError();
        });
      }
    }
  }

  async #connectOnce(): Promise<void> {
    const { url, caFile, name, heartbeatSeconds, connectTimeoutMs } = this.#options;
    const model = await connect(withHeartbeat(url, heartbeatSeconds), {
      noDelay: true, // amqplib's default leaves Nagle on, which costs up to 40 ms a message.
      timeout: connectTimeoutMs,
      ...(caFile && { ca: await readFile(caFile) }),
      clientProperties: { connection_name: name },
    });
    let failure: Error | undefined;
    model.on('error', (err) => {
      failure = err;
    });
    model.on('close', () => this.#onClose(model, failure));
    try {
      for (const component of [...this.#components]) await component.open(model);
    } catch (err) {
      await model.close().catch(() => undefined);
      throw err;
    }
    if (this.#closing.signal.aborted || failure) {
      await model.close().catch(() => undefined);
      throw failure ?? closedError();
    }
    this.#model = model;
    this.#options.log.info('connected to the broker', { connection: name });
  }

  #onClose(model: ChannelModel, failure: Error | undefined): void {
    if (this.#model !== model) return;
    this.#model = undefined;
    for (const component of [...this.#components]) component.lost();
    if (this.#closing.signal.aborted) return;
    this.#options.log.warn('the connection to the broker is lost', {
      connection: this.#options.name,
      err: failure,
    });
    this.#connecting = this.#connectUntil(Number.POSITIVE_INFINITY)
      .catch(() => undefined)
      .finally(() => {
        this.#connecting = undefined;
      });
  }

  #delayMs(attempt: number): number {
    return retryDelayMs({ attempt, baseMs: 100, maxMs: 3_000, random: this.#options.random });
  }
}

function withHeartbeat(url: string, heartbeatSeconds: number): string {
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(heartbeatSeconds));
  return address.href;
}

function unreachableMessage({ url, caFile }: Pick<BrokerOptions, 'url' | 'caFile'>): string {
  const isTls = new URL(url).protocol === 'amqps:';
  const trust = caFile
    ? ` GATEWAY_AMQP_CA_FILE (${caFile}) has to hold the authority of its certificate.`
    : ' Its certificate has to be by an authority that Node.js trusts, or GATEWAY_AMQP_CA_FILE has to name one.';
  return `The message broker cannot be reached. Check GATEWAY_AMQP_URL and that RabbitMQ runs.${isTls ? trust : ''}`;
}

function closedError(): GatewayError {
  return new GatewayError('unavailable', { message: 'The connection to the message broker is closed.' });
}
