// One question of the broker, one answer. What is not understood is refused; what could not be looked up is 503, which
// RabbitMQ takes for a refusal that it does not remember.
import type { Logger } from '@cloud-gateway/runtime';
import { isClientId } from '../is-client-id.ts';
import { type BrokerQuestion, brokerQuestionSchemas, loginQuestionSchema } from './broker-question.ts';
import { type IdentifyDeps, identifyBrokerUser } from './identify-broker-user.ts';
import { mayOnBroker } from './may-on-broker.ts';

export interface AnswerDeps extends IdentifyDeps {
  /** The gateway's, on the broker. */
  readonly virtualHost: string;
  readonly log: Logger;
}

export interface Asked {
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** A form: `username=…&password=…`. */
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Never rejects. */
export async function answerBroker(deps: AnswerDeps, { method, path = '', body }: Asked): Promise<Answer> {
  const kind = /^\/broker\/(user|vhost|resource|topic)$/.exec(path)?.[1];
  if (kind === undefined) return { status: 404, text: 'not found' };
  if (method !== 'POST') return { status: 405, text: 'set auth_http.http_method = post' };
  const form = Object.fromEntries(new URLSearchParams(body));
  try {
    return kind === 'user' ? await answerLogin(deps, form) : answerQuestion(deps, kind as Kind, form);
  } catch (err) {
    deps.log.error('the broker could not be answered', { question: kind, err });
    return { status: 503, text: 'unavailable' };
  }
}

type Form = Readonly<Record<string, string>>;
type Kind = BrokerQuestion['kind'];

async function answerLogin(deps: AnswerDeps, form: Form): Promise<Answer> {
  const login = loginQuestionSchema.safeParse(form);
  if (!login.success) return deny;
  const identified = await identifyBrokerUser(deps, login.data);
  if ('tags' in identified) return { status: 200, text: `allow ${identified.tags.join(' ')}` };
  const client = idIn(login.data.username);
  deps.log.info('a log-in at the broker was refused', { client, reason: identified.refused });
  return deny;
}

function answerQuestion(deps: AnswerDeps, kind: Kind, form: Form): Answer {
  const parsed = brokerQuestionSchemas[kind].safeParse(form);
  // The kind names the schema, which is more than the compiler can follow.
  const question = parsed.success && ({ kind, ...parsed.data } as BrokerQuestion);
  if (question && mayOnBroker(question, deps.virtualHost)) return { status: 200, text: 'allow' };
  const { username = '', vhost, resource, name, permission, routing_key: routingKey } = form;
  const asked = { client: idIn(username), vhost, resource, name, permission, routingKey };
  deps.log.info('a client was refused something on the broker', asked);
  return deny;
}

const deny: Answer = { status: 200, text: 'deny' };

function idIn(username: string): string | null {
  return isClientId(username) ? username : null;
}
