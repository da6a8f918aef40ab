// What a person sees while the servers are installed, prepared, started and stopped.

export type ServerName = 'mariadb' | 'rabbitmq';

export type Progress = {
  step: 'install' | 'prepare' | 'start' | 'stop';
  server?: ServerName;
  message: string;
  /** Since this step of this server began; 0 in its first message. */
  elapsedMs: number;
};

export type Report = (progress: Progress) => void;

/** Begins a step; each call of the result reports one line of it. */
export function beginStep(
  report: Report,
  step: Progress['step'],
  server?: ServerName,
): (message: string) => void {
  let startedAtMs: number | undefined;
  return (message) => {
    const nowMs = performance.now();
    startedAtMs ??= nowMs;
    report({ step, ...(server && { server }), message, elapsedMs: Math.round(nowMs - startedAtMs) });
  };
}

export function titleOf(server: ServerName): string {
  return server === 'mariadb' ? 'MariaDB' : 'RabbitMQ';
}
