// AMQP as a client of the gateway: the broker's user is the client, its password the token. A new token is a new
// connection; the one before is closed when its last answer has come.
import type { BrokerAddress, BrokerLogin } from '../broker/broker-address.ts';
import { abortable } from '../calls/abortable.ts';
import { openRequestSession, type RequestSession } from './request-session.ts';
import type { Transport } from './transport.ts';

export interface AmqpTransportOptions {
  readonly address: BrokerAddress;
  /** Asked before every request: when it has changed, so has the connection to. Rejects with GatewayProblem. */
  readonly login: () => Promise<BrokerLogin>;
  readonly name: string;
  readonly ca: string | Buffer | undefined;
}

interface Held {
  readonly password: string;
  readonly session: Promise<RequestSession>;
  /** Undefined while it is opened. */
  opened?: RequestSession;
}

export function createAmqpTransport({ address, login, name, ca }: AmqpTransportOptions): Transport {
  let held: Held | undefined;
  const sessions = new Set<RequestSession>();

  async function open(wanted: BrokerLogin, before: Held | undefined): Promise<RequestSession> {
    try {
      const session = await openRequestSession({ address, login: wanted, name, ca });
      for (const old of sessions) if (old.isClosed()) sessions.delete(old);
      sessions.add(session);
      return session;
    } finally {
      before?.session.then((session) => session.drain()).catch(() => undefined);
    }
  }

  function sessionFor(wanted: BrokerLogin): Promise<RequestSession> {
    const isUsable = held?.password === wanted.password && (held.opened?.isOpen() ?? true);
    if (held && isUsable) return held.session;
    const next: Held = { password: wanted.password, session: open(wanted, held) };
    held = next;
    next.session.then(
      (session) => {
        next.opened = session;
      },
      () => {
        if (held === next) held = undefined; // The next request tries again.
      },
    );
    return next.session;
  }

  return {
    async send(request, limits) {
      const session = await abortable(sessionFor(await abortable(login(), limits.signal)), limits.signal);
      return session.send(request, limits);
    },
    async close() {
      await held?.session.catch(() => undefined);
      held = undefined;
      await Promise.all([...sessions].map((session) => session.close()));
      sessions.clear();
    },
  };
}
