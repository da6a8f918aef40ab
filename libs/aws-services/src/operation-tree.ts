// The URI templates of a REST service as a tree of path segments: a literal goes before a label, a label before a
// greedy one, and what the query must hold decides between operations of one template.
import type { HeaderLookup } from './aws-request.ts';

export interface OperationTree {
  readonly literals: Map<string, OperationTree>;
  label?: OperationTree;
  greedy?: OperationTree;
  /** By method; those with the most conditions first. */
  readonly operations: Map<string, RestOperation[]>;
}

interface RestOperation {
  readonly name: string;
  /** In the query, with this value where there is one. */
  readonly parameters: readonly { readonly name: string; readonly value?: string }[];
  readonly headers: readonly string[];
  /** S3 only: whatever else may be in the query. */
  readonly optional: ReadonlySet<string>;
}

export interface RestRequest {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly headers: HeaderLookup;
  /**
   * Take an operation only if each parameter of the query is known to belong to it. S3 needs this: an unknown
   * sub-resource must not pass for the plain operation on the object. Parameters that begin with x- mean nothing to it.
   */
  readonly strictQuery: boolean;
}

/** Reads lines as operation-lines.ts writes them. */
export function buildOperationTree(lines: string): OperationTree {
  const root = emptyTree();
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const [method = '', template = '', name = ''] = line.split(' ');
    const [path = '', conditions = ''] = template.split('?');
    const operations = leafOf(root, path).operations;
    const operation = readOperation(name, conditions);
    operations.set(method, [...(operations.get(method) ?? []), operation].sort(mostConditionsFirst));
  }
  return root;
}

/** Gives the operation's name; undefined when no template matches, or several do and none is the more exact one. */
export function matchOperation(tree: OperationTree, request: RestRequest): string | undefined {
  return walk(tree, 0, request);
}

function walk(tree: OperationTree, at: number, request: RestRequest): string | undefined {
  const { segments } = request;
  const segment = segments[at];
  if (segment === undefined) return choose(tree.operations.get(request.method) ?? [], request);
  const literal = tree.literals.get(segment);
  const found =
    (literal && walk(literal, at + 1, request)) ?? (tree.label && walk(tree.label, at + 1, request));
  if (found !== undefined || !tree.greedy) return found;
  // The shortest first: what follows a greedy label is more exact than the label alone.
  for (let end = at + 1; end <= segments.length; end += 1) {
    const rest = walk(tree.greedy, end, request);
    if (rest !== undefined) return rest;
  }
  return undefined;
}

function choose(operations: readonly RestOperation[], request: RestRequest): string | undefined {
  const matching = operations.filter((operation) => isMet(operation, request));
  const [best, ...others] = matching;
  if (!best || isAmbiguous(operations, request)) return undefined;
  return others.every((other) => includesConditions(best, other)) ? best.name : undefined;
}

function isMet({ parameters, headers, optional }: RestOperation, request: RestRequest): boolean {
  const { query } = request;
  const isThere = parameters.every(({ name, value }) => {
    const values = query.get(name);
    return values !== undefined && (value === undefined || values[0] === value);
  });
  if (!isThere || !headers.every((name) => request.headers.get(name) !== undefined)) return false;
  if (!request.strictQuery) return true;
  return [...query.keys()].every(
    (name) =>
      /^x-/i.test(name) || optional.has(name) || parameters.some((parameter) => parameter.name === name),
  );
}

/** A parameter that decides came twice: nobody knows which of the two the service will take. */
function isAmbiguous(operations: readonly RestOperation[], { query }: RestRequest): boolean {
  if (query.size === 0) return false;
  return operations.some(({ parameters }) =>
    parameters.some(({ name }) => (query.get(name)?.length ?? 0) > 1),
  );
}

function includesConditions(best: RestOperation, other: RestOperation): boolean {
  return (
    conditionCount(best) > conditionCount(other) &&
    other.parameters.every(({ name }) => best.parameters.some((parameter) => parameter.name === name)) &&
    other.headers.every((name) => best.headers.includes(name))
  );
}

function conditionCount({ parameters, headers }: RestOperation): number {
  return parameters.length + headers.length;
}

function mostConditionsFirst(a: RestOperation, b: RestOperation): number {
  return conditionCount(b) - conditionCount(a);
}

function readOperation(name: string, conditions: string): RestOperation {
  const words = conditions.split('&').filter(Boolean);
  return {
    name,
    headers: words.filter((word) => word.startsWith('^')).map((word) => word.slice(1)),
    optional: new Set(words.filter((word) => word.startsWith('*')).map((word) => word.slice(1))),
    parameters: words
      .filter((word) => !/^[*^]/.test(word))
      .map((word) => {
        const [parameter = '', value] = word.split('=');
        return value === undefined ? { name: parameter } : { name: parameter, value };
      }),
  };
}

function leafOf(root: OperationTree, path: string): OperationTree {
  let tree = root;
  // Some templates end with a slash; clients differ on it, so it is left out on both sides.
  for (const segment of path.split('/').filter(Boolean)) tree = childOf(tree, segment);
  return tree;
}

function childOf(tree: OperationTree, segment: string): OperationTree {
  if (segment === '{}') {
    tree.label ??= emptyTree();
    return tree.label;
  }
  if (segment === '{+}') {
    tree.greedy ??= emptyTree();
    return tree.greedy;
  }
  const child = tree.literals.get(segment) ?? emptyTree();
  tree.literals.set(segment, child);
  return child;
}

function emptyTree(): OperationTree {
  return { literals: new Map(), operations: new Map() };
}
