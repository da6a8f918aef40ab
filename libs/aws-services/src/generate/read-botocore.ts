// Reads the data folder of an unpacked botocore.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EndpointsModel, PartitionModel, ServiceModel } from './service-model.ts';

export interface BotocoreService {
  /** botocore's own name, which is boto3's and, nearly always, the CLI's. */
  readonly id: string;
  readonly model: ServiceModel;
  readonly ruleSet: object;
}

export interface Botocore {
  readonly partitions: readonly PartitionModel[];
  readonly endpoints: EndpointsModel;
  readonly services: readonly BotocoreService[];
}

/** @param folder holds partitions.json and one folder per service */
export function readBotocore(folder: string): Botocore {
  const { partitions } = readJson(join(folder, 'partitions.json')) as {
    partitions: readonly PartitionModel[];
  };
  const endpoints = readJson(join(folder, 'endpoints.json')) as EndpointsModel;
  const services = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((id) => readService(folder, id));
  return { partitions, endpoints, services };
}

/** The newest version of its API; the few older ones are not spoken by any SDK that signs with SigV4. */
function readService(folder: string, id: string): readonly BotocoreService[] {
  const latest = readdirSync(join(folder, id))
    .filter((version) => existsSync(join(folder, id, version, 'service-2.json.gz')))
    .sort()
    .at(-1);
  if (latest === undefined) return [];
  const model = readJson(join(folder, id, latest, 'service-2.json.gz')) as ServiceModel;
  const ruleSet = readJson(join(folder, id, latest, 'endpoint-rule-set-1.json.gz')) as object;
  return [{ id, model, ruleSet }];
}

function readJson(path: string): unknown {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}
