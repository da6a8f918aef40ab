/** How a process ends; 70 and 78 are those of sysexits.h. 128 + n is the shell's convention for signal n. */
export const exitCodes = {
  ok: 0,
  /** The start failed, or the stop did. */
  failed: 1,
  /** A fault that nobody caught. */
  software: 70,
  /** A wrong or missing setting: a restart will not help. */
  config: 78,
  SIGINT: 130,
  SIGTERM: 143,
} as const;
