// A server that can be stopped, killed and started again on the same port over the same data.
// stopped -> start() -> running -> stop() or kill() -> stopped. An end that nobody asked for is told to the listeners.
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { isListening } from './is-listening.ts';
import { beginStep, type Report, type ServerName, titleOf } from './progress.ts';
import { openServerLog, type ServerLog } from './server-log.ts';
import { type ServerCommand, type ServerProcess, startServerProcess } from './server-process.ts';
import { waitUntil } from './wait-until.ts';

export type PrivateServer = {
  readonly url: string;
  readonly port: number;
  /** Of the running process; undefined while stopped. */
  readonly pid: number | undefined;
  /** Starts it and waits until it serves; does nothing when it runs. Rejects with the end of the server's log. */
  start(): Promise<void>;
  /** Stops it in order: all data is written. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash. */
  kill(): Promise<void>;
  /** Calls the listener when the server ends without stop() or kill(). Returns what removes the listener. */
  onUnexpectedExit(listener: (error: EmbeddedServersError) => void): () => void;
};

/** Everything that differs between the servers. */
export type ServerPlan = {
  name: ServerName;
  url: string;
  port: number;
  command: ServerCommand;
  /** A process that must be listening before the server starts, and that stops after it. */
  companion?: { command: ServerCommand; port: number };
  /** Asked until true. It must not take another server on the same port for ours. */
  isReady(log: ServerLog): Promise<boolean>;
  /** The first that has lines is quoted in errors. */
  logPaths: string[];
};

const startDeadlineMs = 90_000;
const stopDeadlineMs = 30_000;
const companionDeadlineMs = 10_000;
const stillStartingEveryMs = 5000;

export function createPrivateServer(
  plan: ServerPlan,
  { report, setpriv }: { report: Report; setpriv: string | undefined },
): PrivateServer {
  return new RestartableServer(plan, report, setpriv);
}

class RestartableServer implements PrivateServer {
  readonly url: string;
  readonly port: number;
  readonly #plan: ServerPlan;
  readonly #report: Report;
  readonly #setpriv: string | undefined;
  readonly #listeners = new Set<(error: EmbeddedServersError) => void>();
  /** False when stop() or kill() came while start() was under way. */
  #isWanted = false;
  #process: ServerProcess | undefined;
  #companion: ServerProcess | undefined;

  constructor(plan: ServerPlan, report: Report, setpriv: string | undefined) {
    this.url = plan.url;
    this.port = plan.port;
    this.#plan = plan;
    this.#report = report;
    this.#setpriv = setpriv;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async start(): Promise<void> {
    if (this.#process) return;
    this.#isWanted = true;
    const say = beginStep(this.#report, 'start', this.#plan.name);
    say(`Starting ${titleOf(this.#plan.name)}`);
    const log = openServerLog(this.#plan.logPaths);
    try {
      await this.#startCompanion();
      this.#process = await startServerProcess(this.#plan.command, this.#setpriv);
      if (!this.#isWanted) throw new EmbeddedServersError('Stopped while it started');
      await this.#becomeReady(this.#process, log, say);
    } catch (err) {
      await this.#endAll((started) => started.kill());
      throw err;
    }
    say(`${titleOf(this.#plan.name)} is ready on 127.0.0.1:${this.port}`);
    void this.#watch(this.#process, log);
  }

  async stop(): Promise<void> {
    if (!this.#process && !this.#companion) return;
    const say = beginStep(this.#report, 'stop', this.#plan.name);
    say(`Stopping ${titleOf(this.#plan.name)}`);
    await this.#endAll((started) => started.terminate(stopDeadlineMs));
    say(`${titleOf(this.#plan.name)} has stopped`);
  }

  async kill(): Promise<void> {
    await this.#endAll((started) => started.kill());
  }

  onUnexpectedExit(listener: (error: EmbeddedServersError) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #startCompanion(): Promise<void> {
    const { companion } = this.#plan;
    if (!companion) return;
    this.#companion = await startServerProcess(companion.command, this.#setpriv);
    const { isAlive } = this.#companion;
    const listens = () => isListening(companion.port);
    const settled = async () => !isAlive() || (await listens());
    await waitUntil(settled, { deadlineMs: companionDeadlineMs, intervalMs: 10 });
    if (isAlive()) return;
    throw new EmbeddedServersError(
      `${companion.command.file} could not listen on 127.0.0.1:${companion.port}`,
    );
  }

  async #becomeReady(started: ServerProcess, log: ServerLog, say: (message: string) => void): Promise<void> {
    const title = titleOf(this.#plan.name);
    const stillStarting = setInterval(() => say(`Still starting ${title}`), stillStartingEveryMs);
    let ready = false;
    const settled = async () => {
      ready = await this.#plan.isReady(log);
      return ready || !started.isAlive();
    };
    const inTime = await waitUntil(settled, { deadlineMs: startDeadlineMs, intervalMs: 50 });
    clearInterval(stillStarting);
    if (ready && started.isAlive()) return;
    const what = inTime ? await started.ended : `was not ready after ${startDeadlineMs / 1000} s`;
    throw new EmbeddedServersError(`${title} did not start: it ${what}. ${log.tail()}`);
  }

  async #watch(running: ServerProcess, log: ServerLog): Promise<void> {
    const how = await running.ended;
    if (this.#process !== running) return; // stop() or kill() let go of it first
    this.#process = undefined;
    const error = new EmbeddedServersError(
      `${titleOf(this.#plan.name)} ${how} without being asked to. ${log.tail()}`,
    );
    for (const listener of this.#listeners) listener(error);
  }

  // The server first: its companion serves it to the end.
  async #endAll(end: (started: ServerProcess) => Promise<void>): Promise<void> {
    this.#isWanted = false;
    const [server, companion] = [this.#process, this.#companion];
    this.#process = undefined;
    if (server) await end(server);
    this.#companion = undefined;
    if (companion) await end(companion);
  }
}
