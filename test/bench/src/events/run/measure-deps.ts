import type { EventsWorld } from '../world/open-world.ts';

export interface MeasureDeps {
  readonly world: EventsWorld;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}
