// Everything by which the broker lets nobody see what is not theirs: it is told who may do what, connections of revoked
// tokens are closed, and reply queues are bounded.
import { ConfigurationError, createStopStack, type Logger, sleep } from '@cloud-gateway/runtime';
import type { CredentialsConfig } from '../config.ts';
import { type BrokerManagement, createBrokerManagement } from './broker-management.ts';
import type { IdentifyDeps } from './identify-broker-user.ts';
import { readAuthTlsFiles } from './read-auth-tls-files.ts';
import { replyQueuePolicy, replyQueuePolicyName } from './reply-queue-policy.ts';
import { startAuthListener } from './start-auth-listener.ts';
import { startConnectionCloser } from './start-connection-closer.ts';

export interface BrokerAuthentication {
  /** Where the broker can ask; undefined while another process has the port. */
  port(): number | undefined;
  stop(): Promise<void>;
}

export interface BrokerAuthenticationDeps extends IdentifyDeps {
  readonly log: Logger;
}

export async function startBrokerAuthentication(
  config: Pick<CredentialsConfig, BrokerAuthenticationSetting>,
  deps: BrokerAuthenticationDeps,
): Promise<BrokerAuthentication> {
  const { log, clock } = deps;
  const stops = createStopStack();
  const virtualHost = virtualHostOf(config.GATEWAY_AMQP_URL.reveal());
  const tls = await readAuthTlsFiles(config);
  const { GATEWAY_BROKER_AUTH_HOST: host, GATEWAY_BROKER_AUTH_PORT: port } = config;
  if (!tls && !isLoopback(host)) {
    log.warn('the broker sends passwords to this address in the clear: set GATEWAY_BROKER_AUTH_CERT_FILE', {
      host,
    });
  }
  const listener = await startAuthListener({ ...deps, virtualHost, host, port, tls }).catch(refuseAddress);
  stops.add('auth listener', () => listener.stop());

  const managementUrl = config.GATEWAY_AMQP_MANAGEMENT_URL?.reveal();
  if (managementUrl === undefined) {
    log.warn(
      "GATEWAY_AMQP_MANAGEMENT_URL is not set: a revoked or expired token logs in no more, but AMQP connections that it has opened stay open, and clients' reply queues have no limits",
    );
  } else {
    const { GATEWAY_AMQP_CA_FILE: caFile } = config;
    const management = createBrokerManagement({ url: managementUrl, caFile, virtualHost, clock });
    const closer = startConnectionCloser({ ...deps, management });
    stops.add('connection closer', () => closer.stop());
    const limiting = startLimitingReplyQueues(management, log);
    stops.add('limits of reply queues', () => limiting.stop());
  }
  return { port: () => listener.port(), stop: () => stops.stop() };
}

type BrokerAuthenticationSetting =
  | 'GATEWAY_AMQP_URL'
  | 'GATEWAY_AMQP_CA_FILE'
  | 'GATEWAY_AMQP_MANAGEMENT_URL'
  | 'GATEWAY_BROKER_AUTH_HOST'
  | 'GATEWAY_BROKER_AUTH_PORT'
  | 'GATEWAY_BROKER_AUTH_CERT_FILE'
  | 'GATEWAY_BROKER_AUTH_KEY_FILE';

function refuseAddress(err: unknown): never {
  const reason = err instanceof Error ? err.message : String(err);
  throw new ConfigurationError([{ name: 'GATEWAY_BROKER_AUTH_HOST', message: `cannot be used: ${reason}` }]);
}

/** As amqplib reads it: without a path it is `/`. */
function virtualHostOf(amqpUrl: string): string {
  const { pathname } = new URL(amqpUrl);
  return pathname.length > 1 ? decodeURIComponent(pathname.slice(1)) : '/';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

// Once per start is enough: the broker keeps it. It may be away just now, so it is tried until it has worked.
function startLimitingReplyQueues(management: BrokerManagement, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const limiting = (async () => {
    for (let attempt = 1; !stopping.signal.aborted; attempt++) {
      try {
        await management.setOperatorPolicy(replyQueuePolicyName, replyQueuePolicy);
        return;
      } catch (err) {
        if (attempt === 1)
          log.warn("the limits of clients' reply queues could not be set; trying again", { err });
        await sleep(retryMs, stopping.signal).catch(() => undefined);
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await limiting;
    },
  };
}

const retryMs = 10_000;
