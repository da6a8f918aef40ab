// Builds the simulator, top to bottom: a clock, a cloud, the functions that control it, a server in front of both.
import { setMaxListeners } from 'node:events';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { answerCall } from './answer-call.ts';
import { type SimulatorSettings, simulatorConfigSchema } from './config.ts';
import { type Control, createControl } from './control/control.ts';
import { answerControl, controlPrefix } from './control/control-api.ts';
import { startHttpServer } from './http-server.ts';
import { type RandomSource, systemRandom } from './random-source.ts';
import { readWhole } from './read-whole.ts';
import { createSimulation } from './simulation.ts';
import { createSimulatorClock } from './simulator-clock.ts';

export interface SimulatorDeps {
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Default: the system's. Ids, addresses and session keys are made from it. */
  readonly random?: RandomSource;
}

/** A running cloud, with the functions that control it. */
export interface Simulator extends Control {
  /** Where the AWS API is: the `--endpoint-url` for every service. */
  readonly url: string;
  readonly port: number;
  /** Stops at once: what is under way is cut off. */
  stop(): Promise<void>;
}

/** Everything in `settings` has a default; a wrong value throws a ZodError. */
export async function start(settings: SimulatorSettings = {}, deps: SimulatorDeps = {}): Promise<Simulator> {
  const config = simulatorConfigSchema.parse(settings);
  const clock = createSimulatorClock(deps.clock ?? systemClock);
  const random = deps.random ?? systemRandom;
  const simulation = createSimulation({ config, clock, random });
  const control = createControl(simulation);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // Every ordered delay listens to it.

  const server = await startHttpServer({
    host: config.host,
    port: config.port,
    tls: config.tls,
    wireClock: clock.wire,
    handle: async (request) => {
      const { method, target, rawHeaders: headers, body } = request;
      if (target.startsWith(controlPrefix)) {
        return answerControl({ ...request, body: await readWhole(body, config.bodyBytesMax) }, control);
      }
      return answerCall({ head: { method, target, headers }, body }, simulation, stopping.signal);
    },
  });

  return {
    ...control,
    url: server.url,
    port: server.port,
    async stop() {
      stopping.abort();
      await server.stop();
    },
  };
}
