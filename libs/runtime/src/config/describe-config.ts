// Turns a schema into the rows of docs/config.md, so that the documentation cannot differ from what is read.
import type { ConfigSchema } from './read-config.ts';
import { type SettingKind, settingRegistry } from './setting-info.ts';

export interface ConfigRow {
  readonly name: string;
  readonly kind: SettingKind;
  /** As a person would write it; undefined when there is none. Never that of a secret. */
  readonly default: string | undefined;
  readonly required: boolean;
  readonly secret: boolean;
  readonly description: string;
  /** What the value must be: "a whole number from 0 to 65535". */
  readonly expected: string;
}

/** Gives one row per setting, in the order of the schema. Throws for a key that was not made with `setting`. */
export function describeConfig(schema: ConfigSchema): readonly ConfigRow[] {
  return Object.entries(schema.shape).map(([name, declared]) => {
    const info = settingRegistry.get(declared);
    if (info === undefined)
      throw new Error(`${name} is not declared with setting.…, so nothing is known of it`);
    return { name, ...info };
  });
}
