import type { BenchDeps } from '../../command/run-bench-command.ts';
import type { EventsWorld } from '../world/open-world.ts';

export interface MeasureDeps extends BenchDeps {
  readonly world: EventsWorld;
}
