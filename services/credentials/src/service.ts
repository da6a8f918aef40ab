import { startTokenVerifier } from '@cloud-gateway/access';
import { type Clock, systemClock } from '@cloud-gateway/clock';
import { openServiceClouds } from '@cloud-gateway/clouds';
import { connectBroker, createOutcomeMeter, startResponder } from '@cloud-gateway/messaging';
import { createStopStack, openVault, type ServiceDeps } from '@cloud-gateway/runtime';
import { createIdempotencyStore, openStore } from '@cloud-gateway/store';
import { startBrokerAuthentication } from './broker/start-broker-authentication.ts';
import type { CredentialsConfig } from './config.ts';
import { createFailureLimiter } from './failure-limiter.ts';
import { allHandlers } from './handlers/all-handlers.ts';
import { createSecretCheck } from './secret-check.ts';
import { servicesOf } from './services-of.ts';
import { startCredentialCheck } from './start-credential-check.ts';
import { startSweep } from './start-sweep.ts';

export interface CredentialsDeps extends ServiceDeps {
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface Credentials {
  /** Where RabbitMQ can ask who may log in; undefined while another process has the port. */
  brokerAuthPort(): number | undefined;
  stop(): Promise<void>;
}

const bindings = [
  '*.v1.tokens.#',
  '*.v1.organizations.#',
  '*.v1.clients.#',
  '*.v1.accounts.#',
  '*.v1.credential-checks.#',
  '*.v1.environments.#',
  '*.v1.cloud-credentials.#',
  '*.v1.cloud-services.#',
  '*.v1.access-requests.#',
  '*.v1.policy-groups.#',
  '*.v1.usage.#',
  '*.v1.audit.#',
  '*.v1.certificate-authorities.#',
];

/** Opens the store and the vault, connects to the broker and serves. Rejects when the broker is away. */
export async function start(config: CredentialsConfig, deps: CredentialsDeps): Promise<Credentials> {
  const { log, metrics, health, clock = systemClock } = deps;
  const stops = createStopStack();
  try {
    const store = openStore({ databaseUrl: config.GATEWAY_DATABASE_URL.reveal(), log });
    stops.add('store', () => store.close());
    const vault = await openVault(config);
    const clouds = openServiceClouds(config, { store, clock, log, metrics });
    stops.add('clouds', () => clouds.close());
    const connection = await connectBroker({
      url: config.GATEWAY_AMQP_URL.reveal(),
      caFile: config.GATEWAY_AMQP_CA_FILE,
      name: 'credentials',
      log,
    });
    stops.add('broker', () => connection.close());
    const verifier = await startTokenVerifier({ store, clock, log, connection });
    stops.add('token verifier', () => verifier.stop());

    const loginFailures = createFailureLimiter({
      failuresMax: config.GATEWAY_LOGIN_FAILURES_MAX,
      windowMs: config.GATEWAY_LOGIN_FAILURES_WINDOW_MS,
      keysMax: 10_000,
      clock,
    });
    const checkSecret = createSecretCheck();
    const auditedFailures = createFailureLimiter({ failuresMax: 300, windowMs: 60_000, keysMax: 1, clock });
    const brokerAuthentication = await startBrokerAuthentication(config, {
      store,
      clock,
      log,
      loginFailures,
      checkSecret,
      auditedFailures,
    });
    stops.add('broker authentication', () => brokerAuthentication.stop());

    const responder = await startResponder({
      connection,
      service: 'credentials',
      bindings,
      handlers: allHandlers({
        store,
        vault,
        clouds,
        servicesOf,
        proxyUrl: config.GATEWAY_CSG_PUBLIC_URL,
        clock,
        verifier,
        loginFailures,
        checkSecret,
        auditedFailures,
      }),
      authenticate: (authorization) => verifier.verify(authorization),
      idempotency: createIdempotencyStore({ store, seal: vault.seal, open: vault.open }),
      seal: vault.seal,
      log,
      onOutcome: createOutcomeMeter(metrics),
    });
    stops.add('responder', () => responder.stop(), drainTimeoutMs);

    const credentialCheck = startCredentialCheck({
      store,
      vault,
      clouds,
      clock,
      log,
      intervalMs: config.GATEWAY_CREDENTIAL_CHECK_INTERVAL_MS,
    });
    stops.add('credential check', () => credentialCheck.stop());

    const sweep = startSweep({
      store,
      clock,
      log,
      usageRetentionMs: config.GATEWAY_USAGE_RETENTION_DAYS * dayMs,
      outcomeRetentionMs: config.GATEWAY_RETENTION_IDEMPOTENCY_DAYS * dayMs,
    });
    stops.add('sweep', () => sweep.stop());

    health.add('database', async () => {
      await store.ping();
      return true;
    });
    health.add('broker', () => connection.isUp() || 'the broker is not connected');
    return { brokerAuthPort: () => brokerAuthentication.port(), stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

// A proof waits for a cloud, which may take its time.
const drainTimeoutMs = 20_000;

const dayMs = 24 * 3_600_000;
