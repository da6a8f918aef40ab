// Regular expressions that an administrator wrote, on names that a client chose. Whatever the two do to each other, the
// thread is held up for a moment only: while V8 tries, it looks whether the script may still run.
import { createContext, Script } from 'node:vm';

/** Undefined: it took too long to say, or the name is too long to be one. */
export type PatternMatcher = (name: string) => boolean | undefined;

const nameLengthMax = 1_024;
// By the wall clock, which a busy machine eats up too: what did not end within the first is given the second, once.
const matchMsMax = [20, 80];

/** A pattern that is no regular expression says undefined to every name. */
export function patternMatcher({
  pattern,
  ignoreCase = false,
}: {
  readonly pattern: string;
  readonly ignoreCase?: boolean | undefined;
}): PatternMatcher {
  const expression = compiled(pattern, ignoreCase);
  if (expression === undefined) return () => undefined;
  return (name) => (name.length > nameLengthMax ? undefined : testWithinTime(expression, name));
}

function compiled(pattern: string, ignoreCase: boolean): RegExp | undefined {
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '');
  } catch {
    return undefined;
  }
}

/** Costs about a tenth of a millisecond, most of it for the timer. */
function testWithinTime(expression: RegExp, name: string): boolean | undefined {
  sandbox ??= { globals: createContext({}), script: new Script('expression.test(name)') };
  Object.assign(sandbox.globals, { expression, name });
  for (const timeout of matchMsMax) {
    try {
      return sandbox.script.runInContext(sandbox.globals, { timeout }) === true;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    }
  }
  return undefined;
}

/** One for all patterns: it takes a millisecond to make, and nothing stays in it. */
let sandbox: { readonly globals: object; readonly script: Script } | undefined;
