// Walks over a CBOR item (RFC 8949) value by value. Keys have to be texts, as in Smithy RPC v2 CBOR.
import { isUtf8 } from 'node:buffer';
import type { ValueReader } from './find-by-path.ts';

export class NotCbor extends Error {
  override readonly name = 'NotCbor';
}

const bytesType = 2;
const textType = 3;
const arrayType = 4;
const mapType = 5;
const tagType = 6;
const simpleType = 7;
const depthMax = 100;
const nullByte = 0xf6;
const undefinedByte = 0xf7;
const breakByte = 0xff;

/** Every method throws NotCbor. Stands before a value. */
export class CborReader implements ValueReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  isMap(): boolean {
    return this.byteAt(this.at) >> 5 === mapType;
  }

  isText(): boolean {
    return this.byteAt(this.at) >> 5 === textType;
  }

  isNull(): boolean {
    const byte = this.byteAt(this.at);
    return byte === nullByte || byte === undefinedByte;
  }

  *keys(): Generator<string, void> {
    const { count } = this.readHead();
    for (let i = 0; count === undefined ? !this.takeBreak() : i < count; i += 1) yield this.readText();
  }

  readText(): string {
    const { type, count } = this.readHead();
    if (type !== textType) throw new NotCbor();
    if (count !== undefined) return this.textOf(count);
    let text = '';
    while (!this.takeBreak()) {
      const piece = this.readHead();
      if (piece.type !== textType || piece.count === undefined) throw new NotCbor();
      text += this.textOf(piece.count);
    }
    return text;
  }

  skipValue(depth = 0): void {
    if (depth > depthMax) throw new NotCbor();
    const { type, count } = this.readHead();
    switch (type) {
      case bytesType:
      case textType:
        if (count !== undefined) this.move(count);
        else while (!this.takeBreak()) this.skipPiece(type);
        return;
      case arrayType:
      case mapType:
        this.skipItems(count === undefined ? undefined : count * (type === mapType ? 2 : 1), type, depth);
        return;
      case tagType:
        this.skipValue(depth + 1);
        return;
      case simpleType:
        if (count === undefined) throw new NotCbor(); // a break where a value has to be
        return;
      default:
        if (count === undefined) throw new NotCbor();
    }
  }

  expectEnd(): void {
    if (this.at < this.bytes.length) throw new NotCbor();
  }

  private skipItems(count: number | undefined, type: number, depth: number): void {
    let items = 0;
    while (count === undefined ? !this.takeBreak() : items < count) {
      this.skipValue(depth + 1);
      items += 1;
    }
    if (type === mapType && items % 2 !== 0) throw new NotCbor();
  }

  private skipPiece(type: number): void {
    const piece = this.readHead();
    if (piece.type !== type || piece.count === undefined) throw new NotCbor();
    this.move(piece.count);
  }

  /** `count` is the argument of the head; undefined where the length is not said, but ended by a break. */
  private readHead(): { readonly type: number; readonly count: number | undefined } {
    const first = this.byteAt(this.at);
    const type = first >> 5;
    const argument = first & 0x1f;
    this.at += 1;
    if (argument < 24) return { type, count: argument };
    if (argument === 31) return { type, count: undefined };
    if (argument > 27) throw new NotCbor();
    const length = 2 ** (argument - 24);
    let count = 0;
    for (let i = 0; i < length; i += 1) count = count * 256 + this.byteAt(this.at + i);
    this.at += length;
    return { type, count };
  }

  private textOf(length: number): string {
    const start = this.at;
    this.move(length);
    const text = this.bytes.subarray(start, this.at);
    if (!isUtf8(text)) throw new NotCbor();
    return text.toString('utf8');
  }

  private takeBreak(): boolean {
    if (this.byteAt(this.at) !== breakByte) return false;
    this.at += 1;
    return true;
  }

  private move(by: number): void {
    if (by > this.bytes.length - this.at) throw new NotCbor();
    this.at += by;
  }

  private byteAt(at: number): number {
    const byte = this.bytes[at];
    if (byte === undefined) throw new NotCbor();
    return byte;
  }
}
