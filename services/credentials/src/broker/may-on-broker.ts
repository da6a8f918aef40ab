// The whole of what a client may do on the broker. Everything that is not said here is refused: binding, declaring
// exchanges, publishing to the default exchange, other clients' queues, the gateway's own.
//
// RabbitMQ asks for `configure` to declare or delete, `write` to publish (or to be bound), `read` to consume, get, purge
// (or to bind to). Direct reply-to needs no permission. A passive declaration is asked about by nobody: RabbitMQ tells
// whoever names a queue how many messages it has. That is why a subscription's id cannot be guessed.
import { routingKeyOf, tokenCreateRoute, topology } from '@cloud-gateway/contracts';
import { isClientId } from '../is-client-id.ts';
import type { BrokerQuestion } from './broker-question.ts';
import { brokerTags } from './broker-tags.ts';

/** `virtualHost` is the gateway's. Pure: who the user is was settled at the log-in, and his tags tell it. */
export function mayOnBroker(question: BrokerQuestion, virtualHost: string): boolean {
  if (question.vhost !== virtualHost) return false;
  switch (question.kind) {
    case 'vhost':
      return hasTag(question, 'client') || hasTag(question, 'login');
    case 'resource':
      return question.resource === 'exchange' ? mayUseExchange(question) : mayUseQueue(question);
    case 'topic':
      return mayUseRoutingKey(question);
  }
}

type Resource = Extract<BrokerQuestion, { kind: 'resource' }>;
type Topic = Extract<BrokerQuestion, { kind: 'topic' }>;

function mayUseExchange(question: Resource): boolean {
  const { name, permission } = question;
  return (
    name === topology.requestsExchange &&
    permission === 'write' &&
    (hasTag(question, 'client') || hasTag(question, 'login'))
  );
}

function mayUseQueue(question: Resource): boolean {
  const { resource, username, name, permission } = question;
  // An id with a dot in it could begin like another's queue.
  if (resource !== 'queue' || !isClientId(username)) return false;
  if (name.startsWith(topology.clientReplyPrefix(username)))
    return permission !== 'write' && hasTag(question, 'client');
  if (name.startsWith(topology.clientSubscriptionPrefix(username)))
    return permission === 'read' && hasTag(question, 'events');
  return false;
}

function mayUseRoutingKey(question: Topic): boolean {
  const { name, permission, routing_key: routingKey } = question;
  if (name !== topology.requestsExchange || permission !== 'write') return false;
  return hasTag(question, 'client') || (hasTag(question, 'login') && routingKey === loginRoutingKey);
}

const loginRoutingKey = routingKeyOf(tokenCreateRoute.method, tokenCreateRoute.path);

function hasTag({ tags }: { readonly tags: readonly string[] }, tag: keyof typeof brokerTags): boolean {
  return tags.includes(brokerTags[tag]);
}
