// Every action of the services that do not speak the query protocol; actions.ts has the others, and S3 its own.
import type { Operation } from './operation.ts';
import type { ServiceName } from './service-name.ts';
import { restApis } from './services/apigateway/rest-apis.ts';
import { identityPools } from './services/cognito-identity/identity-pools.ts';
import { userPools } from './services/cognito-idp/user-pools.ts';
import { projects } from './services/devicefarm/projects.ts';
import { items } from './services/dynamodb/items.ts';
import { tables } from './services/dynamodb/tables.ts';
import { lists } from './services/ecs/lists.ts';
import { vaults } from './services/glacier/vaults.ts';
import { streams } from './services/kinesis/streams.ts';
import { functions } from './services/lambda/functions.ts';
import { bundles } from './services/mobile-hub/bundles.ts';
import { metrics } from './services/monitoring/metrics.ts';
import { apps } from './services/pinpoint/apps.ts';
import { segments } from './services/pinpoint/segments.ts';
import { delegationSets } from './services/route53/delegation-sets.ts';
import { messages } from './services/sqs/messages.ts';
import { queues } from './services/sqs/queues.ts';

const operations: readonly Operation[] = [
  ...restApis,
  ...identityPools,
  ...userPools,
  ...projects,
  ...items,
  ...tables,
  ...lists,
  ...vaults,
  ...streams,
  ...functions,
  ...bundles,
  ...metrics,
  ...apps,
  ...segments,
  ...delegationSets,
  ...messages,
  ...queues,
];

const byName = new Map(operations.map((operation) => [`${operation.service}:${operation.name}`, operation]));

export function findOperation(service: ServiceName, name: string): Operation | undefined {
  return byName.get(`${service}:${name}`);
}

export function operationsOf(service: ServiceName): readonly Operation[] {
  return operations.filter((operation) => operation.service === service);
}
