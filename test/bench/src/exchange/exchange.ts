/** What a load generator sends over and over, and what it has to get. */
export interface Exchange {
  readonly method: 'GET';
  /** Asked in turns; at least one. */
  readonly targets: readonly string[];
  /** Without host and content-length, which the client adds. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty: none is sent. */
  readonly body: string;
  /** Undefined: any with status 200, because the targets have different ones. */
  readonly answer: string | undefined;
}
