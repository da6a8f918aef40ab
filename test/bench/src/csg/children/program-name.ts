/** Our own programs that the benchmark starts as processes: see programs.ts. */
export type ProgramName = 'cloud' | 'load' | 'bare' | 'http-mitm-proxy' | 'mockttp';
