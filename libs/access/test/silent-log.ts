import type { Logger } from '@cloud-gateway/runtime';

export const silentLog: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};
