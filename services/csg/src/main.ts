import cluster from 'node:cluster';
import { readConfig, runService } from '@cloud-gateway/runtime';
import { z } from 'zod';
import { csgConfigSchema } from './config.ts';
import { runWorkers } from './run-workers.ts';
import { start } from './service.ts';

const shutdownTimeoutMs = 28_000;

const { GATEWAY_CSG_WORKERS: workers } = cluster.isPrimary
  ? readConfig(z.object({ GATEWAY_CSG_WORKERS: csgConfigSchema.shape.GATEWAY_CSG_WORKERS }))
  : { GATEWAY_CSG_WORKERS: 1 };

if (workers > 1) await runWorkers({ workers, stopTimeoutMs: shutdownTimeoutMs + 2000 });
else await runService({ name: 'csg', schema: csgConfigSchema, start, shutdownTimeoutMs });
