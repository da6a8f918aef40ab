// Makes the zod schema of one setting, and registers what is known of it. One place decides what an absent value
// means and what a refusal prints; the kinds in setting.ts only say how to read a text.
import { z } from 'zod';
import { type SettingKind, settingRegistry } from './setting-info.ts';

export interface SettingOptions<T> {
  /** One sentence for docs/config.md: what it is for, and what the default means. */
  readonly description: string;
  readonly default?: T;
  /** True: the setting may be absent, and is `undefined` then. */
  readonly optional?: boolean;
}

/** The type of a setting's value under its options. */
export type SettingValue<T, O> = O extends { readonly default: T }
  ? T
  : O extends { readonly optional: true }
    ? T | undefined
    : T;

/** What `parse` gives for a text that cannot be used. */
export const refused = Symbol('refused');

interface Reading<T> {
  /** Ends the sentence "expected …". */
  readonly expected: string;
  readonly parse: (raw: string) => T | typeof refused;
  /** Whether a refusal may show the text. Default: yes. */
  readonly printable?: (raw: string) => boolean;
  readonly toText?: (value: T) => string;
}

export function declareSetting<T, O extends SettingOptions<T>>(
  kind: SettingKind,
  options: O,
  reading: Reading<T>,
): z.ZodType<SettingValue<T, O>> {
  const schema = z
    .unknown()
    .optional()
    .transform((raw, context) => {
      const value = readValue(raw, options, reading);
      if (!('refusal' in value)) return value.value;
      context.issues.push({ code: 'custom', message: value.refusal, input: undefined });
      return z.NEVER;
    });
  settingRegistry.add(schema, {
    kind,
    description: options.description,
    default:
      options.default === undefined || kind === 'secret'
        ? undefined
        : (reading.toText ?? String)(options.default),
    required: options.default === undefined && options.optional !== true,
    secret: kind === 'secret',
    expected: reading.expected,
  });
  // The value is a T, or undefined exactly when the options allow it: what SettingValue says, beyond the compiler's reach.
  return schema as unknown as z.ZodType<SettingValue<T, O>>;
}

function readValue<T>(
  raw: unknown,
  options: SettingOptions<T>,
  reading: Reading<T>,
): { value: T | undefined } | { refusal: string } {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (text === '') {
    if (options.default !== undefined || options.optional === true) return { value: options.default };
    return { refusal: `not set; expected ${reading.expected}` };
  }
  const value = reading.parse(text);
  if (value !== refused) return { value };
  const shown =
    reading.printable?.(text) === false ? 'something else (not shown)' : JSON.stringify(cut(text));
  return { refusal: `expected ${reading.expected}, got ${shown}` };
}

function cut(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
