// The recorded requests and signatures of others; each file names its source.
import { readFileSync } from 'node:fs';

export interface SuiteVectors {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly amzDate: string;
  readonly region: string;
  readonly service: string;
  readonly expiresSeconds: number;
  readonly cases: readonly SuiteCase[];
}

export interface SuiteCase {
  readonly name: string;
  readonly carrier: 'header' | 'query';
  readonly method: string;
  /** Text, as are the header values: not yet the characters of the wire. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly sessionToken?: string;
  /** `normalize: false` of the suite: what the S3 family does. */
  readonly pathAsSent?: boolean;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

export interface BotocoreVectors {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly amzDate: string;
  readonly cases: readonly {
    readonly name: string;
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly bodyBase64?: string;
  }[];
}

export const readSuiteVectors = () => readVectors('aws-test-suite.json') as SuiteVectors;
export const readBotocoreVectors = () => readVectors('botocore.json') as BotocoreVectors;

function readVectors(name: string): unknown {
  // Compiled tests stand in dist/test/vectors; the data stays where it is.
  return JSON.parse(readFileSync(new URL(`../../../test/vectors/${name}`, import.meta.url), 'utf8'));
}
