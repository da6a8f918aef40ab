import { setting } from '../config/setting.ts';
import { logLevels } from './logger.ts';

/** The settings of the log, for every service's schema: `z.object({ ...logSettings, … })`. */
export const logSettings = {
  GATEWAY_LOG_LEVEL: setting.choice({
    values: logLevels,
    default: 'info',
    description: 'The least level that is logged.',
  }),
  GATEWAY_LOG_FORMAT: setting.choice({
    values: ['json', 'pretty'],
    default: 'json',
    description: 'json: one object per line, for a collector. pretty: short lines, for a terminal.',
  }),
};
