import { type ChannelModel, connect } from 'amqplib';
import { type GatewayProblem, localProblem } from '../gateway-problem.ts';
import { isCertificateFault } from '../transport/is-certificate-fault.ts';
import type { BrokerAddress, BrokerLogin } from './broker-address.ts';

export interface ConnectionOptions {
  readonly address: BrokerAddress;
  readonly login: BrokerLogin;
  /** Shown in the broker's own list of connections. */
  readonly name: string;
  readonly ca: string | Buffer | undefined;
}

/** Rejects with GatewayProblem: `unauthenticated` when the broker refuses the user, else `unavailable`. */
export async function openConnection({ address, login, name, ca }: ConnectionOptions): Promise<ChannelModel> {
  try {
    return await connect(
      {
        protocol: address.secure ? 'amqps' : 'amqp',
        hostname: address.hostname,
        port: address.port,
        vhost: address.virtualHost,
        heartbeat: heartbeatSeconds,
        ...login,
      },
      {
        noDelay: true, // With Nagle's algorithm a message may wait for 40 ms.
        timeout: connectTimeoutMs,
        clientProperties: { connection_name: name },
        ...(ca !== undefined && { ca }),
      },
    );
  } catch (cause) {
    throw problemOf(cause, login);
  }
}

function problemOf(cause: unknown, { username }: BrokerLogin): GatewayProblem {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  if (isRefusal(reason))
    return localProblem('unauthenticated', `The broker refuses ${username}: ${reason}.`, { cause });
  const retryable = !isCertificateFault(cause);
  return localProblem('unavailable', `The broker cannot be reached: ${reason}.`, { cause, retryable });
}

const heartbeatSeconds = 10;
const connectTimeoutMs = 10_000;

/** 403: user or password; 530: the virtual host. amqplib has the code in its message only. */
function isRefusal(reason: string): boolean {
  return /terminated by server: (403|530)\b/.test(reason);
}
