import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

/** The JSON object that an option gives: as text, in a file named `@file`, or on standard input (`-`). */
export async function readBody(given: string): Promise<Record<string, unknown>> {
  const source = given === '-' ? 'standard input' : given.startsWith('@') ? given.slice(1) : '--body';
  const json =
    given === '-'
      ? await text(process.stdin)
      : given.startsWith('@')
        ? await readFile(given.slice(1), 'utf8')
        : given;
  const value = parse(json, source);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error(`${source} must hold a JSON object, for example {"region":"us-east-1"}.`);
}

function parse(json: string, source: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${source} is no JSON: ${reason}`, { cause });
  }
}
