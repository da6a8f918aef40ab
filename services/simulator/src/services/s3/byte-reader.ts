import { AwsError } from '../../aws-error.ts';

const lineBytesMax = 1024;

/** Reads lines and bytes from pieces of any size. Throws IncompleteBody where there should be more. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Up to the next CRLF, without it. */
  async line(): Promise<string> {
    for (;;) {
      const at = this.rest.indexOf('\r\n');
      if (at >= 0) {
        const line = this.rest.toString('latin1', 0, at);
        this.rest = this.rest.subarray(at + 2);
        return line;
      }
      if (this.rest.length > lineBytesMax) throw tooEarly();
      const more = await this.next();
      this.rest = this.rest.length === 0 ? more : Buffer.concat([this.rest, more]);
    }
  }

  /** At least one byte and at most `max`. */
  async bytes(max: number): Promise<Buffer> {
    if (this.rest.length === 0) this.rest = await this.next();
    const piece = this.rest.subarray(0, max);
    this.rest = this.rest.subarray(piece.length);
    return piece;
  }

  async isAtEnd(): Promise<boolean> {
    return this.rest.length === 0 && ((await this.source.next()).done ?? false);
  }

  private async next(): Promise<Buffer> {
    const { done, value } = await this.source.next();
    if (done) throw tooEarly();
    return value;
  }
}

function tooEarly(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly.');
}
