// A connection that a test forgot keeps the process alive after the last test, and a run that never ends says nothing.

const exitGraceMs = 10_000;

/** Ends the process as failed, naming what is open, when it has not ended by itself within ten seconds. */
export function refuseToHang(): void {
  if (process.argv.some((argument) => argument === '--watch' || argument === '-w')) return; // stays on purpose
  const timer = setTimeout(() => {
    const open = process
      .getActiveResourcesInfo()
      .filter((kind) => !kind.startsWith('TTY') && kind !== 'Timeout');
    console.error(`The tests left the process unable to end. Still open: ${open.join(', ') || 'timers'}`);
    process.once('exit', () => {
      process.exitCode = 1; // after mocha's own listener, which sets its count of failures: 0
    });
    process.exit();
  }, exitGraceMs);
  timer.unref();
}
