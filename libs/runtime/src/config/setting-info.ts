// What is known of a setting beside its zod schema: enough to write docs/config.md and a good refusal.
import { z } from 'zod';

export type SettingKind =
  | 'port'
  | 'integer'
  | 'milliseconds'
  | 'text'
  | 'choice'
  | 'url'
  | 'secret'
  | 'flag'
  | 'list'
  | 'file';

export interface SettingInfo {
  readonly kind: SettingKind;
  readonly description: string;
  /** As a person would write it in the environment; undefined when there is none. */
  readonly default: string | undefined;
  readonly required: boolean;
  /** True when the value must never be printed. */
  readonly secret: boolean;
  /** Ends the sentence "expected …". */
  readonly expected: string;
}

// A registry of zod, not a WeakMap: it also finds the info after `.refine()`, which makes a new schema.
export const settingRegistry = z.registry<SettingInfo>();
