// Names that stand in the path of a REST call. Only the templates in which what is created, or worked on, has its name in
// the path; a rule about any other path parameter finds nothing, and refuses.
// Source: requestUri in the AWS API models. `*` is any one segment, here the date of the interface.

const templates: Readonly<Record<string, readonly string[]>> = {
  backup: ['/backup-vaults/{backupVaultName}'],
  glacier: ['/{accountId}/vaults/{vaultName}'],
  iot: [
    '/policies/{policyName}',
    '/thing-groups/{thingGroupName}',
    '/thing-types/{thingTypeName}',
    '/things/{thingName}',
  ],
  lambda: ['/*/functions/{FunctionName}', '/*/layers/{LayerName}'],
  pipes: ['/v1/pipes/{Name}'],
  scheduler: ['/schedule-groups/{Name}', '/schedules/{Name}'],
};

export interface PathOfCall {
  readonly service: string;
  /** Raw, without the query. */
  readonly path: string;
  /** S3: the bucket in the host. */
  readonly bucket: string | undefined;
}

/** Gives the decoded text of a parameter; undefined where the path does not have it. */
export function pathParameter(call: PathOfCall, name: string): string | undefined {
  const segments = call.path.split('/').slice(1);
  if (call.service === 's3') return s3Parameter(call, segments, name);
  for (const template of templates[call.service] ?? []) {
    const wanted = template.split('/').slice(1);
    const at = wanted.indexOf(`{${name}}`);
    if (at >= 0 && isBegunBy(segments, wanted)) return decoded(segments[at]);
  }
  return undefined;
}

function s3Parameter({ bucket }: PathOfCall, segments: readonly string[], name: string): string | undefined {
  if (name === 'Bucket') return bucket ?? decoded(segments[0]);
  if (name === 'Key') return decoded(segments.slice(bucket === undefined ? 1 : 0).join('/'));
  return undefined;
}

function isBegunBy(segments: readonly string[], template: readonly string[]): boolean {
  return template.every((part, i) => part === '*' || part.startsWith('{') || part === segments[i]);
}

function decoded(segment: string | undefined): string | undefined {
  if (segment === undefined || segment === '') return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
