// What the rest of the code knows of metrics. Names and units as Prometheus wants them: `…_total`, `…_seconds`, `…_bytes`.

type Labels<L extends string> = Readonly<Record<L, string | number>>;

/** With label names the labels come first; without, the number alone. */
type Sample<L extends string, Rest extends readonly unknown[]> = [L] extends [never]
  ? Rest
  : [labels: Labels<L>, ...Rest];

export interface Counter<L extends string = never> {
  /** Adds `by` (default 1). */
  inc(...sample: Sample<L, [by?: number]>): void;
}

export interface Gauge<L extends string = never> {
  set(...sample: Sample<L, [value: number]>): void;
  inc(...sample: Sample<L, [by?: number]>): void;
  dec(...sample: Sample<L, [by?: number]>): void;
  /** Forgets the series of these labels: of something that is no more. */
  remove(...sample: Sample<L, []>): void;
}

export interface Histogram<L extends string = never> {
  observe(...sample: Sample<L, [value: number]>): void;
}

export interface MetricsPage {
  readonly contentType: string;
  readonly body: string;
}

export interface Metrics {
  /** Asking for a name a second time gives the same counter (gauge, histogram). */
  counter<L extends string = never>(name: string, help: string, labelNames?: readonly L[]): Counter<L>;
  /** `collect` is called before each rendering, to set what is only known by asking. */
  gauge<L extends string = never>(
    name: string,
    help: string,
    labelNames?: readonly L[],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L>;
  /** `buckets` are upper bounds, ascending. Default: 5 ms to 10 s, for seconds. */
  histogram<L extends string = never>(
    name: string,
    help: string,
    labelNames?: readonly L[],
    buckets?: readonly number[],
  ): Histogram<L>;
  /** Gives the page that Prometheus reads. */
  render(): Promise<MetricsPage>;
}
