// The life of a process that the benchmark has started: it does what it is asked, and ends when the benchmark is gone.
// Ctrl-C is the benchmark's business.
import type { ChildAnswer, ChildCall, ChildMethods } from './child-call.ts';

export function serveCalls(methods: ChildMethods): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => process.exit());
  process.on('disconnect', () => process.exit());
  process.on('message', (call: ChildCall) => {
    void answerTo(methods, call).then((answer) => process.send?.(answer));
  });
}

async function answerTo(methods: ChildMethods, { id, method, input }: ChildCall): Promise<ChildAnswer> {
  try {
    const run = methods[method];
    if (!run) throw new Error(`there is no method ${method}`);
    return { id, ok: true, value: await run(input as never) };
  } catch (err) {
    return { id, ok: false, message: err instanceof Error ? (err.stack ?? err.message) : String(err) };
  }
}
