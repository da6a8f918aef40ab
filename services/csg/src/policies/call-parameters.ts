// The parameters of a call, wherever its protocol puts them. A client that the gateway does not trust wrote the call:
// wherever it could make us read another name than the cloud reads, the parameter is unreadable, and the rule refuses.
import { gunzipSync } from 'node:zlib';
import type { ErrorProtocol } from '@cloud-gateway/aws-services';
import { findInCbor } from './find-in-cbor.ts';
import { findInForm } from './find-in-form.ts';
import { findInJson } from './find-in-json.ts';
import { findInXml } from './find-in-xml.ts';
import { absent, type Parameter, unreadable } from './parameter.ts';
import { pathParameter } from './path-parameter.ts';

export interface CallParameters {
  /** `name` is dotted where the parameter is nested: `ConfigurationSet.Name`. */
  find(name: string): Parameter;
}

export interface CallParametersInput {
  readonly protocol: ErrorProtocol;
  readonly service: string;
  /** The raw request target, in origin form. */
  readonly target: string;
  /** S3: the bucket in the host. */
  readonly bucket: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly body: Buffer;
}

const inflatedBytesMax = 1024 * 1024;

export function callParameters(input: CallParametersInput): CallParameters {
  const { protocol, service, target, bucket } = input;
  const [path = '', ...queries] = target.split('?');
  const query = queries.join('?');
  let body: Buffer | Parameter | undefined;
  return {
    find(name) {
      const inPath = isRest(protocol) ? pathParameter({ service, path, bucket }, name) : undefined;
      if (inPath !== undefined) return { kind: 'text', text: inPath };
      body ??= plainBody(input);
      return Buffer.isBuffer(body) ? findInBody({ protocol, query, body }, name) : body;
    },
  };
}

function isRest(protocol: ErrorProtocol): boolean {
  return protocol === 's3' || protocol === 'rest-xml' || protocol === 'rest-json';
}

function plainBody({ body, contentEncoding }: CallParametersInput): Buffer | Parameter {
  const encoding = contentEncoding?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip')
    return unreadable('the body is encoded in a way that the gateway cannot look into');
  try {
    return gunzipSync(body, { maxOutputLength: inflatedBytesMax });
  } catch {
    return unreadable('the body is not gzip, or too large when inflated');
  }
}

function findInBody(
  { protocol, query, body }: Pick<CallParametersInput, 'protocol' | 'body'> & { readonly query: string },
  name: string,
): Parameter {
  switch (protocol) {
    case 'query':
    case 'ec2':
      return findInForm([body, query], name);
    case 'json-1.0':
    case 'json-1.1':
      return findInJson(body, name.split('.'));
    case 'cbor':
      return findInCbor(body, name.split('.'));
    case 'rest-json':
      return body.length > 0 ? findInJson(body, name.split('.')) : findInQuery(query, name);
    case 's3':
    case 'rest-xml':
      return body.length > 0 ? findInXml(body, name.split('.')) : findInQuery(query, name);
  }
}

/**
 * Only of a call without a body: where there is one, a name that belongs into the body could be put into the query for
 * the gateway to look at, and another one into the body for the cloud.
 */
function findInQuery(query: string, name: string): Parameter {
  return query === '' ? absent : findInForm([query], name);
}
