// Puts the parts together: a transport by the scheme of the URL, a source of tokens, and the calls over both.
import { type Route, routeTable } from '@cloud-gateway/contracts';
import { type BrokerAddress, type BrokerLogin, parseBrokerUrl } from './broker/broker-address.ts';
import { openConnection } from './broker/open-connection.ts';
import type { AnyCallInput } from './calls/call-types.ts';
import { createCaller } from './calls/create-caller.ts';
import { eachItem } from './calls/each-item.ts';
import { createEventStream, type EventStream } from './events/event-stream.ts';
import type { Subscription } from './events/subscription.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { GatewayClientOptions } from './gateway-client-options.ts';
import { isGatewayProblem, localProblem } from './gateway-problem.ts';
import { createLogin } from './tokens/create-login.ts';
import { patientLogin } from './tokens/patient-login.ts';
import { fixedToken, noToken, renewedTokens, type TokenSource } from './tokens/token-source.ts';
import { createAmqpTransport } from './transport/amqp-transport.ts';
import { createHttpTransport } from './transport/http-transport.ts';
import type { Transport } from './transport/transport.ts';

/** Connects at the first call. Throws TypeError when the options do not fit together. */
export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const { name = 'cloud-gateway-client', timeoutMs = 60_000, attempts = 10, ca } = options;
  const closing = new AbortController();
  const doors = openDoors(options, name);
  const tokens = chooseTokens(options, {
    openTransport: doors.forLogin,
    userAgent: name,
    closed: closing.signal,
  });
  const transport = doors.forCalls(tokens);
  const call = createCaller({
    transport,
    tokens,
    userAgent: name,
    timeoutMs,
    attemptsMax: attempts,
    closed: closing.signal,
  });
  const streams = new Set<EventStream>();
  let closed: Promise<void> | undefined;

  async function closeOnce(): Promise<void> {
    await Promise.allSettled([...streams].map((stream) => stream.return()));
    closing.abort(localProblem('unavailable', 'The client is closed.', { retryable: false }));
    await transport.close();
  }

  async function loginFor(subscription: Subscription): Promise<BrokerLogin> {
    const inUrl = doors.brokerOf(subscription).login;
    return inUrl ?? { username: subscription.connect?.username ?? '', password: await tokens.current() };
  }

  async function connectFor(subscription: Subscription, login: BrokerLogin) {
    const address = doors.brokerOf(subscription);
    try {
      return await openConnection({ address, login, name: `${name} events`, ca });
    } catch (error) {
      // The next attempt comes with another token, where there is one.
      if (isGatewayProblem(error) && error.code === 'unauthenticated') tokens.refused(login.password);
      throw error;
    }
  }

  const send = async (routeName: string, input?: AnyCallInput) => call(routeNamed(routeName), input);
  const each = (routeName: string, input: AnyCallInput = {}) => eachItem(call, routeNamed(routeName), input);
  const anyClient = {
    async call(routeName: string, input?: AnyCallInput) {
      const { status, body } = await send(routeName, input);
      if (status === 304) throw new TypeError('The answer is 304: use send() with if-none-match');
      return body;
    },
    send,
    sendAny: send,
    each,
    eachAny: each,
    events(eventsOptions: Parameters<GatewayClient['events']>[0] = {}) {
      const stream = createEventStream(eventsOptions, {
        call,
        login: loginFor,
        connect: connectFor,
        onEnd: (ended) => streams.delete(ended),
      });
      streams.add(stream);
      return stream;
    },
    close() {
      closed ??= closeOnce();
      return closed;
    },
  };
  // The route table gives each name its types; at run time all calls are one.
  return anyClient as unknown as GatewayClient;
}

function routeNamed(name: string): Route {
  const routes: Readonly<Record<string, Route>> = routeTable;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) throw new TypeError(`There is no route ${name}; GET /v1/openapi.json lists them all`);
  return route;
}

interface Doors {
  forCalls(tokens: TokenSource): Transport;
  forLogin(): Transport;
  brokerOf(subscription: Subscription): BrokerAddress;
}

function openDoors(options: GatewayClientOptions, name: string): Doors {
  const { url, brokerUrl, clientId, clientSecret, ca } = options;
  const broker = brokerUrl === undefined ? undefined : parseBrokerUrl(brokerUrl);
  if (!/^amqps?:/.test(url)) {
    const open = () => createHttpTransport({ baseUrl: parseHttpUrl(url), ca });
    open(); // Says at once what is wrong with the URL.
    return {
      forCalls: open,
      forLogin: open,
      brokerOf: ({ connect }) => broker ?? parseBrokerUrl(connect?.url ?? ''),
    };
  }
  const address = parseBrokerUrl(url);
  if (!address.login && clientId === undefined)
    throw new TypeError('Over AMQP the client needs clientId: it is the user of the broker');
  const username = clientId ?? '';
  const open = (login: () => Promise<BrokerLogin>) => createAmqpTransport({ address, login, name, ca });
  const asInUrl = address.login && (() => Promise.resolve(address.login as BrokerLogin));
  return {
    forCalls: (tokens) => open(asInUrl ?? (async () => ({ username, password: await tokens.current() }))),
    // The secret opens the broker too, for nothing but asking for a token.
    forLogin: () => open(asInUrl ?? (() => Promise.resolve({ username, password: clientSecret ?? '' }))),
    brokerOf: () => broker ?? address,
  };
}

function chooseTokens(
  { token, clientId, clientSecret, permissions, tokenSeconds = 3_600 }: GatewayClientOptions,
  deps: { openTransport: () => Transport; userAgent: string; closed: AbortSignal },
): TokenSource {
  if (token !== undefined) return fixedToken(token);
  if (clientSecret === undefined) return noToken();
  if (clientId === undefined) throw new TypeError('clientSecret needs clientId');
  const login = createLogin({ ...deps, clientId, clientSecret, permissions, tokenSeconds });
  return renewedTokens({ login: patientLogin(login, Date.now), tokenSeconds, nowMs: Date.now });
}

/** Throws TypeError, without the URL in it. */
function parseHttpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new TypeError('The address of the gateway must be an http, https, amqp or amqps URL');
  return url;
}
