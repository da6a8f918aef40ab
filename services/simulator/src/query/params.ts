// The parameters of an AWS Query call as a tree: `Filter.1.Value.2=x` is found at Filter → 1 → Value → 2. Maps, not
// objects, because the names come from outside; bounded, because so does their number.
import { AwsError } from '../aws-error.ts';

export interface ParamNode {
  readonly value: string | undefined;
  readonly children: ReadonlyMap<string, ParamNode>;
}

interface MutableNode {
  value: string | undefined;
  readonly children: Map<string, MutableNode>;
}

const paramsMax = 20_000;
const depthMax = 10;

export const emptyParams: ParamNode = emptyNode();

/** Reads a raw query string and a form body; both may hold parameters. */
export function parseParams(rawQuery: string, formBody: string): ParamNode {
  const root = emptyNode();
  // In a form `+` is a space; in a query AWS signs it as a plus, so it has to be read as one.
  const pairs = [...new URLSearchParams(rawQuery.replaceAll('+', '%2B')), ...new URLSearchParams(formBody)];
  if (pairs.length > paramsMax)
    throw new AwsError('MalformedQueryString', 'The query has too many parameters.');
  for (const [name, value] of pairs) setAt(root, name, value);
  return root;
}

/** Gives the node at a dotted path, `ActionNames.member`; undefined when nothing was sent there. */
export function nodeAt(node: ParamNode, path: string): ParamNode | undefined {
  let at: ParamNode | undefined = node;
  for (const segment of path.split('.')) at = at?.children.get(segment);
  return at;
}

/** Gives the members of a list in the order of their numbers, whatever order they were sent in. */
export function membersOf(
  node: ParamNode | undefined,
): readonly (readonly [index: string, member: ParamNode])[] {
  if (!node) return [];
  return [...node.children]
    .filter(([index]) => /^\d{1,9}$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b));
}

/** Gives all parameters as flat sorted pairs, for comparing one request with another. */
export function flattenParams(node: ParamNode, prefix = ''): [name: string, value: string][] {
  const pairs: [string, string][] = node.value === undefined ? [] : [[prefix, node.value]];
  for (const [name, child] of [...node.children].sort(([a], [b]) => (a < b ? -1 : 1))) {
    pairs.push(...flattenParams(child, prefix === '' ? name : `${prefix}.${name}`));
  }
  return pairs;
}

function setAt(root: MutableNode, name: string, value: string): void {
  const segments = name.split('.');
  if (segments.length > depthMax)
    throw new AwsError('MalformedQueryString', 'A parameter is nested too deeply.');
  let node = root;
  for (const segment of segments) {
    let child = node.children.get(segment);
    if (!child) {
      child = emptyNode();
      node.children.set(segment, child);
    }
    node = child;
  }
  if (node.value !== undefined)
    throw new AwsError('InvalidQueryParameter', `The parameter ${name} came more than once.`);
  node.value = value;
}

function emptyNode(): MutableNode {
  return { value: undefined, children: new Map() };
}
