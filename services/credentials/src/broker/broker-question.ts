// What RabbitMQ asks of its HTTP auth backend, one form per question (rabbitmq_auth_backend_http, README).
import { z } from 'zod';

const user = { username: z.string(), vhost: z.string() };
/** Separated by spaces; as they were answered at the log-in. */
const tags = z
  .string()
  .default('')
  .transform((text) => text.split(' ').filter((tag) => tag !== ''));
const permission = z.enum(['configure', 'write', 'read']);

export const loginQuestionSchema = z.object({ username: z.string(), password: z.string().default('') });

export const brokerQuestionSchemas = {
  vhost: z.object({ ...user, tags }),
  resource: z.object({
    ...user,
    tags,
    resource: z.enum(['exchange', 'queue', 'topic']),
    /** The default exchange is called `amq.default`. */
    name: z.string(),
    permission,
  }),
  /** Asked beside `resource`, when something is published to a topic exchange or bound to it. */
  topic: z.object({ ...user, tags, name: z.string(), permission, routing_key: z.string() }),
};

export type LoginQuestion = z.output<typeof loginQuestionSchema>;

type Asked<Kind extends keyof typeof brokerQuestionSchemas> = {
  readonly kind: Kind;
} & Readonly<z.output<(typeof brokerQuestionSchemas)[Kind]>>;

export type BrokerQuestion = Asked<'vhost'> | Asked<'resource'> | Asked<'topic'>;
