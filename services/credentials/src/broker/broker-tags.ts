// What a log-in at the broker may do, in RabbitMQ's words: the tags of its user. A fixed few: RabbitMQ makes an atom of
// each, which it never forgets, so nothing that varies may ever be one. None of them is a word that the management
// plugin knows (`management`, `monitoring`, `administrator` …), so none opens its door.

export const brokerTags = {
  /** With a token: make requests, have own reply queues. */
  client: 'gateway_client',
  /** With a token that may read resources: consume own subscriptions. */
  events: 'gateway_events',
  /** With the client's secret: ask for a token, nothing else. */
  login: 'gateway_login',
} as const;

export type BrokerTag = (typeof brokerTags)[keyof typeof brokerTags];
