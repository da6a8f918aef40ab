// The operations of a REST service, one per line: `GET /v2/apis/{}/routes Name`. A label is `{}`, a greedy one `{+}`.
// What follows `?` must be in the query: a name, or name=value. For S3, where the query says which operation it is,
// also required headers as `^name` and the parameters that may be there besides as `*name`.
import type { OperationModel, ServiceModel } from './service-model.ts';

/** `GET /` of another host; on the wire it is ListBuckets, and so it is called here. */
const toldByHostOnly = 'ListDirectoryBuckets';

export function operationLines(model: ServiceModel, basePath: string): readonly string[] {
  if (!model.metadata.protocol.startsWith('rest-')) return [];
  const isS3 = model.metadata.serviceId === 'S3';
  return Object.entries(model.operations)
    .filter(([name, operation]) => !isS3 || !(operation.deprecated || name === toldByHostOnly))
    .map(([name, operation]) => {
      const [path = '', query = ''] = operation.http.requestUri.split('?');
      const conditions = [
        ...query.split('&').filter((part) => part !== ''),
        ...(isS3 ? s3Conditions(model, operation) : []),
      ];
      const template = basePath + path.replace(/\{[^}+]*(\+?)\}/g, '{$1}');
      return `${operation.http.method} ${[template, conditions.join('&')].filter(Boolean).join('?')} ${name}`;
    });
}

function s3Conditions(model: ServiceModel, { input }: OperationModel): readonly string[] {
  const { members = {}, required = [] } = (input && model.shapes[input.shape]) ?? {};
  return Object.entries(members).flatMap(([name, { location, locationName = name }]) => {
    const isRequired = required.includes(name);
    if (location === 'querystring') return isRequired ? locationName : `*${locationName}`;
    return location === 'header' && isRequired && name === 'CopySource'
      ? `^${locationName.toLowerCase()}`
      : [];
  });
}
