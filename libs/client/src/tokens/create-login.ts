// Fetches a token with the client's secret. Asked once: what to do about a failure is for those who wait for the token.
import { randomUUID } from 'node:crypto';
import { type Permission, routeTable } from '@cloud-gateway/contracts';
import { buildRequest } from '../calls/build-request.ts';
import { openDeadline } from '../calls/deadline.ts';
import { readAnswer } from '../calls/read-answer.ts';
import { localProblem } from '../gateway-problem.ts';
import type { Transport } from '../transport/transport.ts';
import type { Login } from './token-source.ts';

export interface LoginDeps {
  /** Opened for this login, and closed after it. */
  readonly openTransport: () => Transport;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly permissions: readonly Permission[] | undefined;
  readonly tokenSeconds: number;
  readonly userAgent: string;
  readonly closed: AbortSignal;
}

export function createLogin(deps: LoginDeps): Login {
  const { openTransport, clientId, clientSecret, permissions, tokenSeconds, userAgent, closed } = deps;
  const body = {
    clientId,
    clientSecret,
    expiresInSeconds: tokenSeconds,
    ...(permissions && { permissions }),
  };
  return async () => {
    const request = buildRequest(routeTable['token-create'], { body }, { newId: randomUUID, userAgent });
    const deadline = openDeadline({
      timeoutMs: loginTimeoutMs,
      signals: [closed],
      late: () => localProblem('deadline-exceeded', 'The login was not answered in time.'),
    });
    const transport = openTransport();
    try {
      const limits = { signal: deadline.signal, deadlineAtMs: deadline.atMs };
      const answer = readAnswer(await transport.send(request, limits));
      return (answer.body as { readonly token: string }).token; // What this route answers.
    } finally {
      deadline.close();
      await transport.close();
    }
  };
}

const loginTimeoutMs = 20_000;
