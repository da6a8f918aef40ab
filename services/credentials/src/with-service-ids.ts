// A rule names its service as a person does; stored and compared are ids.
import { type FieldIssue, GatewayError, type PolicyRule } from '@cloud-gateway/contracts';
import { findServiceOfAnyCloud, type KnownServices, unknownService } from './service-catalogue.ts';

/** Throws validation-failed with an issue for each rule whose service nobody knows. */
export function withServiceIds(rules: readonly PolicyRule[], known: KnownServices): PolicyRule[] {
  const issues: FieldIssue[] = [];
  const normalised = rules.map((rule, index) => {
    if (rule.service === undefined) return rule;
    const service = findServiceOfAnyCloud(known, rule.service);
    if (service !== undefined) return { ...rule, service: service.id };
    issues.push(unknownService(`body.rules.${index}.service`, rule.service));
    return rule;
  });
  if (issues.length === 0) return normalised;
  throw new GatewayError('validation-failed', {
    message: 'Some rules are about services that the gateway does not know.',
    issues,
  });
}
