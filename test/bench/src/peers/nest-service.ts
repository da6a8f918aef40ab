// An ordinary NestJS microservice over RabbitMQ that acknowledges each message itself, as it must when a crash is not to
// lose any: the transport's default is no acknowledgement at all.
import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Ctx,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  type RmqContext,
  Transport,
} from '@nestjs/microservices';
import { type EchoAnswer, echoAnswer } from '../exchange/echo-answer.ts';
import type { BareRequest } from './bare-message.ts';
import { echoPattern, nestOptions } from './nest-options.ts';
import type { StartPeer } from './peer.ts';

export const startNestService: StartPeer = async ({ amqpUrl }) => {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(ServiceModule, {
    transport: Transport.RMQ,
    options: { ...nestOptions(amqpUrl), noAck: false },
    logger: ['warn', 'error'],
  });
  await app.listen();
  return {};
};

class EchoController {
  echo({ params, query, body }: BareRequest, context: RmqContext): EchoAnswer {
    const answer = echoAnswer({ id: params.id, limit: Number(query.limit), item: body });
    context.getChannelRef().ack(context.getMessage());
    return answer;
  }
}

Controller()(EchoController);
Payload()(EchoController.prototype, 'echo', 0);
Ctx()(EchoController.prototype, 'echo', 1);
MessagePattern(echoPattern)(
  EchoController.prototype,
  'echo',
  Object.getOwnPropertyDescriptor(EchoController.prototype, 'echo') ?? {},
);

class ServiceModule {}
Module({ controllers: [EchoController] })(ServiceModule);
