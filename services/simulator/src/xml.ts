// Answers as data: a handler returns an object whose keys are element names, and this writes it down. A list becomes
// its element with one <item> (EC2) or <member> (STS, IAM) per entry; undefined is left out.

export type XmlValue =
  | string
  | number
  | boolean
  | Date
  | undefined
  | Repeated
  | XmlObject
  | readonly XmlValue[];

const repeatedValues = Symbol('repeated');

/** An element that stands there once per entry, with nothing around it. */
interface Repeated {
  readonly [repeatedValues]: readonly XmlValue[];
}

export function repeated(values: readonly XmlValue[]): Repeated {
  return { [repeatedValues]: values };
}

export interface XmlObject {
  readonly [element: string]: XmlValue;
}

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes one element. `itemName` is what the entries of lists are called. */
export function writeElement(name: string, value: XmlValue, itemName: string): string {
  if (value === undefined) return '';
  if (isRepeated(value)) {
    return value[repeatedValues].map((entry) => writeElement(name, entry, itemName)).join('');
  }
  const content = writeContent(value, itemName);
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

export function writeContent(value: XmlValue, itemName: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (isRepeated(value)) return value[repeatedValues].map((entry) => writeContent(entry, itemName)).join('');
  if (isList(value)) return value.map((entry) => writeElement(itemName, entry, itemName)).join('');
  return Object.entries(value)
    .map(([name, child]) => writeElement(name, child, itemName))
    .join('');
}

function isRepeated(value: XmlValue): value is Repeated {
  return typeof value === 'object' && repeatedValues in value;
}

// Array.isArray does not narrow a readonly array out of a union.
function isList(value: XmlObject | readonly XmlValue[]): value is readonly XmlValue[] {
  return Array.isArray(value);
}

const special = /[&<>"'\r]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
};

function escapeText(text: string): string {
  return replaceUnwritable(text).replace(special, (character) => entities[character] ?? character);
}

/** XML 1.0 has no way at all to write most control characters, U+FFFE, U+FFFF and half surrogate pairs. */
function replaceUnwritable(text: string): string {
  let written = '';
  for (const character of text) written += isWritable(character.codePointAt(0) ?? 0) ? character : '\u{fffd}';
  return written;
}

function isWritable(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x09 || codePoint === 0x0a || codePoint === 0x0d;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return false;
  return codePoint !== 0xfffe && codePoint !== 0xffff;
}
