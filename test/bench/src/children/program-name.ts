/** Our own programs that the benchmarks start as processes: see programs.ts. */
export type ProgramName =
  | 'cloud'
  | 'load'
  | 'bare'
  | 'http-mitm-proxy'
  | 'mockttp'
  | 'simulator'
  | 'sdk'
  | 'poller'
  | 'amqp-load'
  | 'relay'
  | 'bare-publisher'
  | 'change-writer';
