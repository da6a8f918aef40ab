// Finds the parameter `Action` in a form that is too large to keep, piece by piece.

export interface FormActionScanner {
  push(piece: Buffer): void;
  /** The values of every parameter of that name; more than one is for the caller to refuse. */
  end(): readonly string[];
}

const ampersand = 0x26;
/** `Action` is 18 characters at the most when every one of them is encoded; a value is the name of a call. */
const keptMax = 256;

export function createFormActionScanner(): FormActionScanner {
  const found: string[] = [];
  let kept = '';

  function endOfParameter(): void {
    const equals = kept.indexOf('=');
    if (equals > 0 && decoded(kept.slice(0, equals)) === 'Action')
      found.push(decoded(kept.slice(equals + 1)));
    kept = '';
  }

  return {
    push(piece) {
      let at = 0;
      while (at < piece.length) {
        const next = piece.indexOf(ampersand, at);
        const end = next < 0 ? piece.length : next;
        if (kept.length < keptMax)
          kept += piece.toString('latin1', at, Math.min(end, at + keptMax - kept.length));
        if (next < 0) return;
        endOfParameter();
        at = next + 1;
      }
    },
    end() {
      endOfParameter();
      return found;
    },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
