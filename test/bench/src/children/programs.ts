// Our own programs that the benchmarks start as processes. Each is loaded by itself: what is compared shares no code.
import type { ChildMethods } from './child-call.ts';
import type { ProgramName } from './program-name.ts';
import { serveCalls } from './serve-calls.ts';

export async function runProgram(name: string): Promise<void> {
  if (!Object.hasOwn(programs, name)) throw new Error(`there is no program ${JSON.stringify(name)}`);
  serveCalls(await programs[name as ProgramName]());
}

const programs: Readonly<Record<ProgramName, () => Promise<ChildMethods>>> = {
  cloud: async () => (await import('../csg/upstream/cloud-program.ts')).createCloudProgram(),
  load: async () => (await import('../csg/load/load-program.ts')).createLoadProgram(),
  bare: async () => (await import('../csg/peers/bare/bare-program.ts')).bareProgram,
  'http-mitm-proxy': async () =>
    (await import('../csg/peers/http-mitm-proxy/http-mitm-proxy-program.ts')).httpMitmProxyProgram,
  mockttp: async () => (await import('../csg/peers/mockttp/mockttp-program.ts')).mockttpProgram,
  simulator: async () => (await import('../poll/programs/simulator-program.ts')).createSimulatorProgram(),
  sdk: async () => (await import('../poll/programs/sdk-program.ts')).createSdkProgram(),
  poller: async () => (await import('../poll/programs/poller-program.ts')).createPollerProgram(),
  'amqp-load': async () => (await import('../read/load/amqp-load-program.ts')).createAmqpLoadProgram(),
  relay: async () => (await import('../events/programs/relay-program.ts')).createRelayProgram(),
  'bare-publisher': async () =>
    (await import('../events/programs/bare-publisher-program.ts')).createBarePublisherProgram(),
  'change-writer': async () =>
    (await import('../events/programs/change-writer-program.ts')).createChangeWriterProgram(),
};
