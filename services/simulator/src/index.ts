export type { CallRecord } from './call-log.ts';
export { demoRoles, demoUsers, type SimulatorSettings } from './config.ts';
export type { Control } from './control/control.ts';
export type { Snapshot } from './control/snapshot.ts';
export type { FaultRule } from './faults/faults.ts';
export { type Simulator, type SimulatorDeps, start } from './service.ts';
export type { ServiceName } from './service-name.ts';
