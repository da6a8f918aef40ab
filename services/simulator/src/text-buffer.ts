// Long text as bytes, made of very many short pieces. What is added is turned into bytes soon, in a place that is used
// again for the next text: a page of several megabytes is never a million little strings, and leaves little behind.

export interface TextBuffer {
  add(text: string): void;
  toBuffer(): Buffer;
}

const charactersPending = 32_768;
const bytesPerCharacterMax = 3;
let scratch = Buffer.allocUnsafeSlow(1_048_576);

/** One text at a time: it has to be finished before the next is begun. */
export function createTextBuffer(): TextBuffer {
  let pending = '';
  let length = 0;
  const flush = () => {
    const needed = length + pending.length * bytesPerCharacterMax;
    if (needed > scratch.length) {
      const larger = Buffer.allocUnsafeSlow(needed * 2);
      scratch.copy(larger, 0, 0, length);
      scratch = larger;
    }
    length += scratch.write(pending, length);
    pending = '';
  };
  return {
    add(text) {
      pending += text;
      if (pending.length >= charactersPending) flush();
    },
    toBuffer() {
      flush();
      return Buffer.from(scratch.subarray(0, length));
    },
  };
}
