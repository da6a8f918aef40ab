export interface MeasureDeps {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}
