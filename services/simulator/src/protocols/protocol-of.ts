// Which protocol a request speaks: that of its service, and where the service has two, the one it looks like.
import type { RequestHead } from '@cloud-gateway/sigv4';
import { headerOf } from '../raw-headers.ts';
import { type ServiceName, serviceFacts } from '../service-name.ts';
import { s3Protocol } from '../services/s3/s3-protocol.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { Protocol } from './protocol.ts';
import { ec2Protocol, queryProtocol } from './query-protocol.ts';
import { restJsonProtocol } from './rest-json-protocol.ts';
import { restXmlProtocol } from './rest-xml-protocol.ts';

export function protocolOf(service: ServiceName, head: RequestHead): Protocol {
  const { query, json, rest } = serviceFacts[service];
  if (service === 's3') return s3Protocol;
  if (service === 'ec2') return ec2Protocol;
  if (rest === 'json') return restJsonProtocol;
  if (rest === 'xml') return restXmlProtocol;
  const isJson = json !== undefined && (query === undefined || looksLikeJson(head));
  return isJson ? jsonProtocol : queryProtocol;
}

/** For a request whose signature names no service that is known here: a refusal should still have a shape it can read. */
export function protocolByLooks(head: RequestHead): Protocol {
  if (looksLikeJson(head)) return jsonProtocol;
  if (looksLikeS3(head)) return s3Protocol;
  return queryProtocol;
}

function looksLikeJson({ headers }: RequestHead): boolean {
  return headerOf(headers, 'x-amz-target') !== undefined;
}

function looksLikeS3({ method, target, headers }: RequestHead): boolean {
  if (/(?:^|\.)s3[.-]/.test(headerOf(headers, 'host') ?? '')) return true;
  const isForm = (headerOf(headers, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  const isQuery = isForm || /[?&]Action=/.test(target);
  return !isQuery && (method !== 'POST' || target.split('?', 1)[0] !== '/');
}
