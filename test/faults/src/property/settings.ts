// How long and with which seeds the property test runs; README.md tells how to give others.

export interface RunSettings {
  readonly seeds: readonly number[];
  readonly steps: number;
  /** Also what is only found out half a minute later. */
  readonly isPatient: boolean;
  /** Writes every step to the terminal. */
  readonly isLoud: boolean;
}

/** `GATEWAY_TEST_SEEDS=7` or `100-130`, `GATEWAY_TEST_STEPS=200`, `GATEWAY_TEST_PATIENT=1`, `GATEWAY_TEST_LOUD=1`. */
export function readRunSettings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): RunSettings {
  const [from = 1, to = from] = (env['GATEWAY_TEST_SEEDS'] ?? '2-3').split('-').map(Number);
  return {
    seeds: Array.from({ length: to - from + 1 }, (_, index) => from + index),
    steps: Number(env['GATEWAY_TEST_STEPS'] ?? 90),
    isPatient: env['GATEWAY_TEST_PATIENT'] === '1',
    isLoud: env['GATEWAY_TEST_LOUD'] === '1',
  };
}
