// Our own programs that the benchmark starts as processes. Each is loaded by itself: what is compared shares no code.
import type { ChildMethods } from './child-call.ts';
import type { ProgramName } from './program-name.ts';
import { serveCalls } from './serve-calls.ts';

export async function runProgram(name: string): Promise<void> {
  if (!Object.hasOwn(programs, name)) throw new Error(`there is no program ${JSON.stringify(name)}`);
  serveCalls(await programs[name as ProgramName]());
}

const programs: Readonly<Record<ProgramName, () => Promise<ChildMethods>>> = {
  cloud: async () => (await import('../upstream/cloud-program.ts')).createCloudProgram(),
  load: async () => (await import('../load/load-program.ts')).createLoadProgram(),
  bare: async () => (await import('../peers/bare/bare-program.ts')).bareProgram,
  'http-mitm-proxy': async () =>
    (await import('../peers/http-mitm-proxy/http-mitm-proxy-program.ts')).httpMitmProxyProgram,
  mockttp: async () => (await import('../peers/mockttp/mockttp-program.ts')).mockttpProgram,
};
