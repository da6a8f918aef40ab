// The rules of the original's acceptance test: who creates something at one of four services gives it a name that begins
// with tmp_, and that ends as the pattern says.
import type { PolicyRule } from '@cloud-gateway/contracts';
import type { OriginalServiceId } from './original-services.ts';

const prefixPolicy = 'csg.resource.name.prefix';
const patternPolicy = 'csg.resource.name.validation_pattern';

export interface NamedService {
  readonly service: OriginalServiceId;
  readonly action: string;
  /** Names that break a rule, and which one. */
  bad(digits: string): readonly { readonly name: string; readonly policy: string }[];
  good(digits: string): string;
}

interface Row {
  readonly service: OriginalServiceId;
  readonly action: string;
  /** What the name of a thing has before its digits. */
  readonly thing: string;
  readonly hasPrefix: boolean;
  readonly hasPattern: boolean;
}

const rows: readonly Row[] = [
  { service: 'apigateway', action: 'CreateRestApi', thing: 'api', hasPrefix: true, hasPattern: true },
  { service: 'dynamodb', action: 'CreateTable', thing: 'table', hasPrefix: true, hasPattern: true },
  { service: 'ses', action: 'CreateConfigurationSet', thing: 'set', hasPrefix: false, hasPattern: true },
  { service: 'sqs', action: 'CreateQueue', thing: 'queue', hasPrefix: true, hasPattern: false },
];

export const nameRules: readonly PolicyRule[] = rows.flatMap(
  ({ service, action, thing, hasPrefix, hasPattern }) => [
    ...(hasPrefix ? [{ type: prefixPolicy, service, action, prefix: 'tmp_' } as const] : []),
    ...(hasPattern
      ? [
          {
            type: patternPolicy,
            service,
            action,
            pattern: `^[a-z_]+${thing}_[0-9]+$`,
            ignoreCase: true,
          } as const,
        ]
      : []),
  ],
);

export const namedServices: readonly NamedService[] = rows.map(
  ({ service, action, thing, hasPrefix, hasPattern }) => ({
    service,
    action,
    bad: (digits) => [
      ...(hasPrefix ? [{ name: `revizortest${thing}_${digits}`, policy: prefixPolicy }] : []),
      ...(hasPattern ? [{ name: `tmp_revizortest${thing}${digits}`, policy: patternPolicy }] : []),
    ],
    good: (digits) => `tmp_revizortest${thing}_${digits}`,
  }),
);
