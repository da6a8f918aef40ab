// An ordinary NestJS application over fastify with a client of its RabbitMQ transport. The decorators are applied as
// the functions that they are: this repository's TypeScript has only syntax that can be erased.
import 'reflect-metadata';
import { Body, Controller, Get, Headers, Inject, Module, Param, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ClientProxy, ClientsModule, Transport } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Observable } from 'rxjs';
import type { EchoAnswer } from '../exchange/echo-answer.ts';
import type { BareRequest } from './bare-message.ts';
import { echoPattern, nestOptions } from './nest-options.ts';
import type { StartPeer } from './peer.ts';

export const startNestEdge: StartPeer = async ({ amqpUrl }) => {
  const adapter = new FastifyAdapter();
  adapter.getInstance().addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  const app = await NestFactory.create<NestFastifyApplication>(edgeModule(amqpUrl), adapter, {
    logger: ['warn', 'error'],
  });
  await app.get<ClientProxy>(client).connect();
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl() };
};

const client = 'ECHO_CLIENT';

class EchoController {
  readonly #client: ClientProxy;

  constructor(echo: ClientProxy) {
    this.#client = echo;
  }

  show(
    id: string,
    query: BareRequest['query'],
    headers: BareRequest['headers'],
    body: BareRequest['body'],
  ): Observable<EchoAnswer> {
    const path = `/v1/echo/items/${id}`;
    return this.#client.send(echoPattern, { method: 'GET', path, params: { id }, query, headers, body });
  }
}

Controller()(EchoController);
Inject(client)(EchoController, undefined, 0);
Param('id')(EchoController.prototype, 'show', 0);
Query()(EchoController.prototype, 'show', 1);
Headers()(EchoController.prototype, 'show', 2);
Body()(EchoController.prototype, 'show', 3);
Get('v1/echo/items/:id')(
  EchoController.prototype,
  'show',
  Object.getOwnPropertyDescriptor(EchoController.prototype, 'show') ?? {},
);

function edgeModule(amqpUrl: string): new () => object {
  class EdgeModule {}
  Module({
    imports: [
      ClientsModule.register([{ name: client, transport: Transport.RMQ, options: nestOptions(amqpUrl) }]),
    ],
    controllers: [EchoController],
  })(EdgeModule);
  return EdgeModule;
}
