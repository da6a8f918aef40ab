import { GatewayError } from '@cloud-gateway/contracts';

/** Refuses cloudAttributes that EC2 takes for this type, but not here. `why` ends the sentence "is …". */
export function refuseAttributes(
  attributes: Readonly<Record<string, unknown>>,
  names: readonly string[],
  why: string,
): void {
  const given = names.filter((name) => attributes[name] !== undefined);
  if (given.length === 0) return;
  throw new GatewayError('validation-failed', {
    message: 'cloudAttributes does not fit',
    issues: given.map((name) => ({ path: `body.cloudAttributes.${name}`, message: `is ${why}` })),
  });
}
