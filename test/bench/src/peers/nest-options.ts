import type { RmqOptions } from '@nestjs/microservices';

/** The options of both halves. Nagle is off as it is for the others: NestJS leaves it on unless it is told. */
export function nestOptions(amqpUrl: string): NonNullable<RmqOptions['options']> {
  return {
    urls: [amqpUrl],
    queue: 'bench.nest',
    queueOptions: { durable: true },
    prefetchCount: 500,
    socketOptions: { connectionOptions: { noDelay: true } },
  };
}

export const echoPattern = 'echo';
