// An edge with an echo service behind it, on a virtual host of their own on the real broker.
import { Writable } from 'node:stream';
import {
  createHealth,
  createLogger,
  createMetrics,
  type Environment,
  readConfig,
} from '@cloud-gateway/runtime';
import { captureLogLine, createTestVirtualHost, type TestVirtualHost } from '@cloud-gateway/test-support';
import { edgeConfigSchema } from '../src/config.ts';
import { type Edge, start } from '../src/service.ts';
import { EchoService } from './echo-service.ts';

export interface TestEdge {
  readonly url: string;
  readonly tlsUrl: string;
  readonly port: number;
  readonly host: TestVirtualHost;
  readonly echo: EchoService;
  readonly edge: Edge;
  readonly logLines: string[];
  isReady(): Promise<boolean>;
  /** The number on the first line of the metrics page that starts with `start`. */
  metric(start: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startTestEdge(environment: Environment = {}): Promise<TestEdge> {
  const host = await createTestVirtualHost();
  const echo = await EchoService.start(host.url);
  const logLines: string[] = [];
  const metrics = createMetrics({ service: 'edge' });
  const health = createHealth();
  health.serving();
  const config = readConfig(edgeConfigSchema, {
    GATEWAY_AMQP_URL: host.url,
    GATEWAY_EDGE_PORT: '0',
    GATEWAY_EDGE_TLS_PORT: '0',
    ...environment,
  });
  const undo = async (): Promise<void> => {
    await echo.stop();
    await host.remove();
  };
  const edge = await start(config, { log: keepingLogger(logLines), metrics, health }).catch(async (err) => {
    await undo();
    throw err;
  });
  return {
    url: edge.url,
    tlsUrl: edge.tlsUrl ?? '',
    port: Number(new URL(edge.url).port),
    host,
    echo,
    edge,
    logLines,
    isReady: async () => (await health.ready()).ok,
    async metric(start) {
      const { body } = await metrics.render();
      const line = body.split('\n').find((one) => one.startsWith(start));
      return Number(line?.split(' ').at(-1));
    },
    async stop() {
      await edge.stop();
      await undo();
    },
  };
}

function keepingLogger(lines: string[]) {
  return createLogger({
    service: 'edge',
    level: 'debug',
    destination: new Writable({
      write(chunk: Buffer, _encoding, done) {
        const line = chunk.toString().trimEnd();
        lines.push(line);
        captureLogLine('edge', line);
        done();
      },
    }),
  });
}
