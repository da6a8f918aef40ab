// Makes up requests: paths, queries and headers with everything that breaks signers in them. The same seed always gives
// the same request.

export interface GeneratedRequest {
  readonly method: string;
  readonly service: string;
  readonly region: string;
  /** As it goes over the wire: already percent-encoded. */
  readonly path: string;
  /** Decoded. */
  readonly query: Record<string, string | string[]>;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  readonly amzDate: string;
  readonly signingDate: Date;
  readonly expiresSeconds: number;
}

const oddCharacters = [...`abcXYZ019-._~!'()*&=+$,;:@/?#[]% "<>\\^\`{|}`, 'ä', '€', '🙂', '中'];
const pathSegments = [
  'a',
  'b.c',
  'x-y_z~',
  '2015-03-31',
  'functions',
  '..',
  '.',
  '',
  'key=1',
  'a:b',
  'ä€',
  '(1)',
  "it's",
  '%',
  'x y',
];

export function createGenerator(seed: number) {
  let state = seed * 2_654_435_761;
  const below = (max: number): number => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % max;
  };
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T; // `below` keeps inside the list
  const oddText = (max: number) => Array.from({ length: below(max + 1) }, () => pick(oddCharacters)).join('');

  const path = (): string => {
    const segments = Array.from({ length: below(6) }, () => encodeStrictly(pick(pathSegments)));
    return `/${segments.join('/')}${below(3) === 0 && segments.length > 0 ? '/' : ''}`;
  };

  const query = (): Record<string, string | string[]> => {
    const entries = Array.from({ length: below(5) }, (): [string, string | string[]] => [
      `p${oddText(4)}`,
      below(4) === 0 ? [oddText(6), oddText(6), ''] : oddText(8),
    ]);
    return Object.fromEntries(entries);
  };

  const headers = (): Record<string, string> => {
    const all: [string, string][] = [
      ['host', pick(['example.amazonaws.com', 'localhost:8443', 'bucket.s3.us-east-1.amazonaws.com'])],
      [
        'content-type',
        pick(['application/x-amz-json-1.1', 'application/x-www-form-urlencoded; charset=utf-8']),
      ],
      ['user-agent', 'not signed'],
    ];
    if (below(2))
      all.push([
        'x-amz-meta-odd',
        pick(['  two  spaces  ', 'tab\tand  "quoted  spaces"', 'ünïcödé', '', 'a,b, c']),
      ]);
    if (below(2)) all.push(['x-amz-target', 'DynamoDB_20120810.ListTables']);
    if (below(2)) all.push(['range', 'bytes=0-9']);
    return Object.fromEntries(all);
  };

  return {
    request(): GeneratedRequest {
      const signingDate = new Date(
        Date.UTC(2015 + below(15), below(12), 1 + below(28), below(24), below(60), below(60)),
      );
      return {
        method: pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD']),
        service: pick(['ec2', 'lambda', 's3', 's3express', 'dynamodb', 'execute-api']),
        region: pick(['us-east-1', 'eu-west-1', 'cn-north-1', 'us-gov-west-1']),
        path: path(),
        query: query(),
        headers: headers(),
        body: pick(['', 'Action=DescribeRegions&Version=2016-11-15', '{"a":"ä€🙂"}', 'x'.repeat(5000)]),
        secretAccessKey: pick(['wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'short', 'sëcret']),
        sessionToken: below(3) === 0 ? 'IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJ+=' : undefined,
        amzDate: `${signingDate.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`,
        signingDate,
        expiresSeconds: 1 + below(604_800),
      };
    },
  };
}

/** Writes a query as it goes over the wire, `?` included. */
export function wireQuery(query: Record<string, string | string[]>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${encodeStrictly(name)}=${encodeStrictly(each)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
