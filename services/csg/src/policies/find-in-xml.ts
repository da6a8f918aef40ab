// Finds the text of one element in the body of a REST-XML call. A reader of the plainest XML only: elements, attributes
// and text, as the SDKs write it. What else XML has (document types, comments, CDATA, prefixes) is where two readers may
// disagree, and unreadable.
import { isUtf8 } from 'node:buffer';
import { absent, type Parameter, unreadable } from './parameter.ts';

const declaration =
  /^\uFEFF?(?:<\?xml version=["']1\.0["'](?: encoding=["'](?:utf|UTF)-8["'])?(?: standalone=["'](?:yes|no)["'])? ?\?>)?\s*/;
const openTag = /<([A-Za-z_][\w.-]*)(?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/y;
const closeTag = /<\/([A-Za-z_][\w.-]*)\s*>/y;
const characterData = /[^<]*/y;

type Step =
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'malformed' };

/** `path` leads from the root's children down. An element that comes twice on the way is unreadable. */
export function findInXml(body: Buffer, path: readonly string[]): Parameter {
  if (!isUtf8(body)) return unreadable('the body is not UTF-8');
  const open: string[] = [];
  const seen = new Set<number>();
  let onPath = 0; // how many of the path's elements we are inside of
  let found: Parameter = absent;
  let text = '';
  for (const step of stepsOf(body.toString('utf8'))) {
    switch (step.kind) {
      case 'malformed':
        return unreadable('the body is not plain XML');
      case 'text':
        if (onPath === path.length && open.length === path.length + 1) text += step.text;
        break;
      case 'open': {
        const depth = open.push(step.name) - 1; // the root's is 0
        if (onPath === path.length) return unreadable('the name in the call is not a text');
        const key = path[onPath];
        if (key === undefined || depth !== onPath + 1 || step.name.toLowerCase() !== key.toLowerCase()) break;
        if (seen.has(depth)) return unreadable(`'${key}' stands in the call twice`);
        if (step.name !== key) return unreadable(`'${key}' stands in the call in other letters`);
        seen.add(depth);
        onPath += 1;
        break;
      }
      case 'close':
        if (open.pop() !== step.name) return unreadable('the body is not plain XML');
        if (open.length > onPath || onPath === 0) break;
        if (onPath === path.length) {
          const unescaped = unescapeXml(text);
          if (unescaped === undefined) return unreadable('the body is not plain XML');
          found = { kind: 'text', text: unescaped };
        }
        onPath -= 1;
        break;
    }
  }
  return found;
}

/** One root element and nothing after it, or `malformed` as the last step. */
function* stepsOf(xml: string): Generator<Step, void> {
  let at = declaration.exec(xml)?.[0].length ?? 0;
  let depth = 0;
  do {
    const tag = matchAt(openTag, xml, at);
    const end = tag ? null : matchAt(closeTag, xml, at);
    const name = tag?.[1] ?? end?.[1];
    if (name === undefined || (end && depth === 0)) return yield { kind: 'malformed' };
    at += (tag ?? end)?.[0].length ?? 0;
    if (tag) yield { kind: 'open', name };
    if (tag?.[2] === '') depth += 1;
    else yield { kind: 'close', name };
    if (end) depth -= 1;
    const text = matchAt(characterData, xml, at)?.[0] ?? '';
    at += text.length;
    if (depth === 0 && text.trim() !== '') return yield { kind: 'malformed' };
    yield { kind: 'text', text };
  } while (depth > 0);
  if (at < xml.length) yield { kind: 'malformed' };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string | undefined {
  let isPlain = true;
  const unescaped = text.replace(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? (entities[name] ?? numbered(name)) : undefined;
    if (character === undefined) isPlain = false;
    return character ?? '';
  });
  return isPlain ? unescaped : undefined;
}

function numbered(name: string): string | undefined {
  const digits = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(name);
  if (!digits) return undefined;
  const code = digits[1] !== undefined ? Number.parseInt(digits[1], 16) : Number(digits[2]);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}
