// RabbitMQ refuses a log-in in the same words whether the secret is wrong or nobody could be asked about it, as while the
// gateway restarts. So a secret that was good before is not given up at once.
import { type GatewayProblem, isGatewayProblem, localProblem } from '../gateway-problem.ts';
import type { Login } from './token-source.ts';

/** Rejects with `unavailable`, which is worth another attempt, in the first two minutes of such refusals. */
export function patientLogin(login: Login, nowMs: () => number): Login {
  let wasGood = false;
  let refused: { readonly sinceMs: number; readonly lastMs: number } | undefined;
  return async () => {
    try {
      const token = await login();
      wasGood = true;
      refused = undefined;
      return token;
    } catch (error) {
      if (!wasGood || !isRefusedByBroker(error)) throw error;
      const atMs = nowMs();
      const goesOn = refused !== undefined && atMs - refused.lastMs < patienceMs;
      refused = { sinceMs: goesOn && refused ? refused.sinceMs : atMs, lastMs: atMs };
      throw atMs - refused.sinceMs < patienceMs ? notYet(error) : error;
    }
  };
}

const patienceMs = 120_000;

/** What the gateway itself answers has no cause. */
function isRefusedByBroker(error: unknown): error is GatewayProblem {
  return isGatewayProblem(error) && error.code === 'unauthenticated' && error.cause !== undefined;
}

function notYet(error: GatewayProblem): GatewayProblem {
  const message = `${error.message} It has accepted the same secret before: the gateway may be restarting.`;
  return localProblem('unavailable', message, { cause: error });
}
