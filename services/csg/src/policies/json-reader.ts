// Walks over JSON text (RFC 8259) value by value, as strict as JSON.parse about its structure. Takes time in proportion
// to the text, and no stack.
import type { ValueReader } from './find-by-path.ts';

export class NotJson extends Error {
  override readonly name = 'NotJson';
}

const depthMax = 1_000;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const letterN = 0x6e;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const scalar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Every method throws NotJson. Stands before a value, at its first character. */
export class JsonReader implements ValueReader {
  private readonly text: Buffer;
  private at = 0;
  private endOfString = 0;

  /** `text` is UTF-8. */
  constructor(text: Buffer) {
    this.text = text;
    this.skipBlanks();
  }

  isMap(): boolean {
    return this.text[this.at] === openBrace;
  }

  isText(): boolean {
    return this.text[this.at] === quote;
  }

  isNull(): boolean {
    return this.text[this.at] === letterN;
  }

  *keys(): Generator<string, void> {
    this.take(openBrace);
    if (this.takeIf(closeBrace)) return;
    do {
      const key = this.readText();
      this.take(colon);
      yield key;
    } while (this.takeIf(comma));
    this.take(closeBrace);
  }

  readText(): string {
    const start = this.at;
    this.skipString();
    try {
      return JSON.parse(this.text.toString('utf8', start, this.endOfString)) as string;
    } catch {
      throw new NotJson(); // a bad escape, or a control character
    }
  }

  skipValue(): void {
    const closers: number[] = [];
    do {
      if (!this.enter(closers)) this.leave(closers);
    } while (closers.length > 0);
  }

  expectEnd(): void {
    if (this.at < this.text.length) throw new NotJson();
  }

  /** Takes a scalar, or goes into an object or an array; true when it stands before the first value in there. */
  private enter(closers: number[]): boolean {
    switch (this.text[this.at]) {
      case openBrace:
        return this.open(closers, closeBrace);
      case openBracket:
        return this.open(closers, closeBracket);
      case quote:
        this.skipString();
        return false;
      default:
        this.skipScalar();
        return false;
    }
  }

  private open(closers: number[], closer: number): boolean {
    if (closers.length >= depthMax) throw new NotJson();
    this.move(1);
    if (this.takeIf(closer)) return false;
    closers.push(closer);
    if (closer === closeBrace) this.skipKey();
    return true;
  }

  /** After a value: goes on to the next one, out of as many objects and arrays as end here. */
  private leave(closers: number[]): void {
    for (let closer = closers.at(-1); closer !== undefined; closer = closers.at(-1)) {
      if (this.takeIf(comma)) {
        if (closer === closeBrace) this.skipKey();
        return;
      }
      this.take(closer);
      closers.pop();
    }
  }

  private skipKey(): void {
    this.skipString();
    this.take(colon);
  }

  private skipString(): void {
    if (this.text[this.at] !== quote) throw new NotJson();
    let i = this.at + 1;
    for (; this.text[i] !== quote; i += 1) {
      if (this.text[i] === backslash) i += 1;
      if (i >= this.text.length) throw new NotJson();
    }
    this.endOfString = i + 1;
    this.move(i + 1 - this.at);
  }

  private skipScalar(): void {
    let end = this.at;
    while (isOfScalar(this.text[end])) end += 1;
    if (!scalar.test(this.text.toString('latin1', this.at, end))) throw new NotJson();
    this.move(end - this.at);
  }

  private take(character: number): void {
    if (!this.takeIf(character)) throw new NotJson();
  }

  private takeIf(character: number): boolean {
    if (this.text[this.at] !== character) return false;
    this.move(1);
    return true;
  }

  private move(by: number): void {
    this.at += by;
    this.skipBlanks();
  }

  private skipBlanks(): void {
    while (isBlank(this.text[this.at])) this.at += 1;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Letters, digits, and `+-.`: what true, false, null and numbers are written with. */
function isOfScalar(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return isDigit || isLetter || byte === 0x2b || byte === 0x2d || byte === 0x2e;
}
