/** The units in which a person writes a time span, in milliseconds. */
export const timeUnitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
