// How large the test of the subscribers is; README.md tells how to give other sizes.

export interface SubscriberSettings {
  readonly subscribers: number;
  readonly events: number;
  readonly seed: number;
  /** Writes what is done to the terminal. */
  readonly isLoud: boolean;
}

/** `GATEWAY_TEST_SUBSCRIBERS=100`, `GATEWAY_TEST_EVENTS=200000`, `GATEWAY_TEST_SEEDS=7`, `GATEWAY_TEST_LOUD=1`. */
export function readSubscriberSettings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): SubscriberSettings {
  return {
    subscribers: Number(env['GATEWAY_TEST_SUBSCRIBERS'] ?? 12),
    events: Number(env['GATEWAY_TEST_EVENTS'] ?? 4_000),
    seed: Number.parseInt(env['GATEWAY_TEST_SEEDS'] ?? '1', 10),
    isLoud: env['GATEWAY_TEST_LOUD'] === '1',
  };
}
