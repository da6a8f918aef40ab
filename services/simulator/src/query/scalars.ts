// The single values of a query: text that is read as something, or refused as AWS refuses it.
import { AwsError } from '../aws-error.ts';

export type Scalar<T> = (text: string, name: string) => T;

export const text: Scalar<string> = (value) => value;

export const flag: Scalar<boolean> = (value, name) => {
  const lower = value.toLowerCase();
  if (lower === 'true' || lower === '1') return true;
  if (lower === 'false' || lower === '0') return false;
  throw invalid(value, name, 'true or false is expected');
};

export function integer({ min, max }: { min: number; max: number }): Scalar<number> {
  return (value, name) => {
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw invalid(value, name, `a whole number between ${min} and ${max} is expected`);
  };
}

export function oneOf<const T extends string>(allowed: readonly T[]): Scalar<T> {
  return (value, name) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw invalid(value, name, `one of ${allowed.join(', ')} is expected`);
    return found;
  };
}

/** Text of at most `charactersMax` characters. */
export function shortText(charactersMax: number): Scalar<string> {
  return (value, name) => {
    if (value.length > charactersMax)
      throw invalid(value, name, `at most ${charactersMax} characters are allowed`);
    return value;
  };
}

function invalid(value: string, name: string, expectation: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value (${value.slice(0, 100)}) for parameter ${name} is invalid: ${expectation}.`,
  );
}
