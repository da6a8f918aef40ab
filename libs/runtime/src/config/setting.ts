// The kinds of settings a schema is made of. Each takes the text of one environment variable and gives a typed value.
// Without `default` a setting must be set, unless it says `optional: true`.
import path from 'node:path';
import type { z } from 'zod';
import { timeUnitsMs } from '../time/time-units-ms.ts';
import { declareSetting, refused, type SettingOptions, type SettingValue } from './declare-setting.ts';
import { Secret } from './secret.ts';

export const setting = {
  port,
  integer,
  milliseconds,
  text,
  choice,
  url,
  secret,
  secretUrl,
  flag,
  list,
  file,
};

/** Declares a TCP port. 0 lets the operating system choose. */
function port(defaultPort: number, description: string): z.ZodType<number> {
  return declareSetting(
    'port',
    { default: defaultPort, description },
    {
      expected: 'a whole number from 0 to 65535',
      parse: (raw) => wholeNumber(raw, 0, 65_535),
    },
  );
}

/** Declares a whole number; `min` and `max` are allowed values themselves. */
function integer<const O extends SettingOptions<number> & { readonly min: number; readonly max: number }>(
  options: O,
) {
  return declareSetting<number, O>('integer', options, {
    expected: `a whole number from ${options.min} to ${options.max}`,
    parse: (raw) => wholeNumber(raw, options.min, options.max),
  });
}

/** Declares a time span in milliseconds; a person may also write `500ms`, `30s`, `5m` or `1h`. */
function milliseconds<
  const O extends SettingOptions<number> & { readonly min?: number; readonly max?: number },
>(options: O) {
  const { min = 0, max = 2 ** 31 - 1 } = options;
  return declareSetting<number, O>('milliseconds', options, {
    expected: `milliseconds from ${min} to ${max}, or a time span such as 30s, 5m, 1h`,
    parse: (raw) => timeSpan(raw, min, max),
  });
}

/** Declares a text; surrounding white space is dropped. */
function text<const O extends SettingOptions<string>>(options: O) {
  return declareSetting<string, O>('text', options, { expected: 'a text', parse: (raw) => raw });
}

/** Declares one of a few words. */
function choice<
  const V extends string,
  const O extends SettingOptions<V> & { readonly values: readonly V[] },
>(options: O & { readonly values: readonly V[] }): z.ZodType<SettingValue<V, O>> {
  return declareSetting<V, O>('choice', options, {
    expected: `one of ${options.values.join(', ')}`,
    parse: (raw) => options.values.find((value) => value === raw) ?? refused,
  });
}

interface UrlOptions extends SettingOptions<string> {
  /** With the colon: `['http:', 'https:']`. Default: these two. */
  readonly protocols?: readonly string[];
}

/** Declares a URL without a password in it; for one with a password use `secretUrl`. */
function url<const O extends UrlOptions>(options: O) {
  const protocols = options.protocols ?? httpProtocols;
  return declareSetting<string, O>('url', options, {
    expected: `a URL without user or password that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    parse: (raw) => {
      const parsed = parseUrl(raw, protocols);
      return parsed !== undefined && parsed.username === '' && parsed.password === '' ? raw : refused;
    },
    // A password in the wrong place is a password all the same.
    printable: (raw) => !raw.includes('@'),
  });
}

/** Declares a text that must not be seen. */
function secret<const O extends SettingOptions<Secret> & { readonly minLength?: number }>(options: O) {
  const minLength = options.minLength ?? 1;
  return declareSetting<Secret, O>('secret', options, {
    expected: minLength > 1 ? `a text of at least ${minLength} characters` : 'a text',
    parse: (raw) => (raw.length >= minLength ? new Secret(raw) : refused),
    printable: () => false,
  });
}

/** Declares a URL that holds a password, such as that of a database or a broker. */
function secretUrl<const O extends SettingOptions<Secret> & { readonly protocols: readonly string[] }>(
  options: O,
) {
  return declareSetting<Secret, O>('secret', options, {
    expected: `a URL that starts with ${options.protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    parse: (raw) => (parseUrl(raw, options.protocols) === undefined ? refused : new Secret(raw)),
    printable: () => false,
  });
}

/** Declares a yes or no. */
function flag<const O extends SettingOptions<boolean>>(options: O) {
  return declareSetting<boolean, O>('flag', options, {
    expected: 'true or false',
    parse: (raw) => flagWords.get(raw.toLowerCase()) ?? refused,
  });
}

/** Declares a comma separated list; empty items are dropped. */
function list<const O extends SettingOptions<readonly string[]>>(options: O) {
  return declareSetting<readonly string[], O>('list', options, {
    expected: 'a comma separated list',
    parse: (raw) =>
      Object.freeze(
        raw
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== ''),
      ),
    toText: (items) => items.join(','),
  });
}

/** Declares the path of a file or folder. It need not exist; a relative path counts from the working folder. */
function file<const O extends SettingOptions<string>>(options: O) {
  return declareSetting<string, O>('file', options, {
    expected: 'a path',
    parse: (raw) => (raw.includes('\0') ? refused : path.resolve(raw)),
  });
}

const httpProtocols = ['http:', 'https:'];

const flagWords = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
]);

function wholeNumber(raw: string, min: number, max: number): number | typeof refused {
  if (!/^[+-]?\d{1,15}$/.test(raw)) return refused;
  const value = Number(raw);
  return value >= min && value <= max ? value : refused;
}

function timeSpan(raw: string, min: number, max: number): number | typeof refused {
  const match = /^(\d{1,15})\s*(ms|s|m|h)?$/.exec(raw);
  if (match === null) return refused;
  return wholeNumber(String(Number(match[1]) * (timeUnitsMs[match[2] ?? 'ms'] ?? 1)), min, max);
}

function parseUrl(raw: string, protocols: readonly string[]): URL | undefined {
  const parsed = URL.canParse(raw) ? new URL(raw) : undefined;
  return parsed !== undefined && protocols.includes(parsed.protocol) && parsed.host !== ''
    ? parsed
    : undefined;
}
