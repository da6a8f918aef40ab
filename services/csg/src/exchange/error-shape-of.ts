import {
  type ErrorProtocol,
  errorProtocolOf,
  findEndpoint,
  resolveService,
} from '@cloud-gateway/aws-services';
import type { Call } from './call.ts';

export interface ErrorShape {
  readonly protocol: ErrorProtocol;
  readonly isQueryMode: boolean;
}

/** In which shape the client can read an error. Also of a call that was refused before its service was known. */
export function errorShapeOf(call: Call): ErrorShape {
  const { protocol, queryMode } = errorProtocolOf({
    services: candidateServices(call),
    method: call.head.method,
    target: call.head.target,
    headers: { get: (name) => headerValues(call, name) },
    bucket: undefined,
  });
  return { protocol, isQueryMode: queryMode };
}

function candidateServices({ services, connection, head }: Call): readonly string[] {
  if (services.length > 0) return services;
  if (connection.mode === 'proxy') return findEndpoint(connection.host)?.services ?? [];
  const [, region = '', signingName = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(signatureText(head.headers)) ?? [];
  const resolution = resolveService({ signingName, region });
  return resolution.ok ? resolution.services : [];
}

function signatureText(headers: Call['head']['headers']): string {
  for (let i = 0; i < headers.length; i += 2) {
    if ((headers[i] ?? '').toLowerCase() === 'authorization') return headers[i + 1] ?? '';
  }
  return '';
}

function headerValues({ head: { headers } }: Call, wanted: string): readonly string[] | undefined {
  const values: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if ((headers[i] ?? '').toLowerCase() === wanted) values.push(headers[i + 1] ?? '');
  }
  return values.length > 0 ? values : undefined;
}
