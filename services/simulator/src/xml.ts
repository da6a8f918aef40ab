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
  | readonly XmlValue[]
  | Deferred;

/** Gives the value when its turn to be written has come: so a long list is never in memory as a whole. */
type Deferred = () => XmlObject;

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
  let written = '';
  writing(itemName, (text) => {
    written += text;
  }).element(name, value);
  return written;
}

/** What stands between the tags of an element. */
export function writeContent(value: XmlValue, itemName: string): string {
  let written = '';
  writing(itemName, (text) => {
    written += text;
  }).content(value);
  return written;
}

interface XmlWriting {
  element(name: string, value: XmlValue): void;
  content(value: XmlValue): void;
}

/** Writes to `emit`, a few characters at a time. */
export function writing(itemName: string, emit: (text: string) => void): XmlWriting {
  const element = (name: string, value: XmlValue): void => {
    if (value === undefined) return;
    if (typeof value === 'function') element(name, value());
    else if (isLeaf(value)) emit(value === '' ? `<${name}/>` : `<${name}>${writeLeaf(value)}</${name}>`);
    else if (isRepeated(value)) each(name, value[repeatedValues]);
    else if (isEmpty(value)) emit(`<${name}/>`);
    else {
      emit(`<${name}>`);
      content(value);
      emit(`</${name}>`);
    }
  };

  const content = (value: XmlValue): void => {
    if (value === undefined) return;
    if (typeof value === 'function') content(value());
    else if (isLeaf(value)) emit(writeLeaf(value));
    else if (isRepeated(value)) value[repeatedValues].forEach(content);
    else if (isList(value)) each(itemName, value);
    else for (const name of Object.keys(value)) element(name, value[name]);
  };

  const each = (name: string, values: readonly XmlValue[]): void => {
    for (const value of values) element(name, value);
  };

  return { element, content };
}

type Leaf = string | number | boolean | Date;

function isLeaf(value: Exclude<XmlValue, undefined | Deferred>): value is Leaf {
  return typeof value !== 'object' || value instanceof Date;
}

function writeLeaf(value: Leaf): string {
  if (typeof value === 'string') return escapeText(value);
  return value instanceof Date ? value.toISOString() : String(value);
}

/** The same object with nothing left to be made later, for those who do not write it down. */
export function objectMadeNow(object: XmlObject): XmlObject {
  return Object.fromEntries(Object.keys(object).map((name) => [name, madeNow(object[name])]));
}

function madeNow(value: XmlValue): XmlValue {
  if (typeof value === 'function') return objectMadeNow(value());
  if (value === undefined || isLeaf(value) || isRepeated(value)) return value;
  return isList(value) ? value.map(madeNow) : objectMadeNow(value);
}

/** Whether nothing stands between the tags. */
function isEmpty(value: Exclude<XmlValue, undefined | Deferred | Leaf>): boolean {
  if (isRepeated(value)) return value[repeatedValues].every(writesNothing);
  return isList(value)
    ? value.every(writesNothing)
    : Object.keys(value).every((name) => writesNothing(value[name]));
}

function writesNothing(value: XmlValue): boolean {
  return value === undefined || (isRepeated(value) && isEmpty(value));
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

/** Nearly all text: letters, digits and signs that are written as they are. */
const plain = /^[ !#$%(-;=?-~]*$/;

function escapeText(text: string): string {
  if (plain.test(text)) return text;
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
