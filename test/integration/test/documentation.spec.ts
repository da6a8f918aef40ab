import { resourceCreateRoute, tokenCreateRoute } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { openAmqpDoor } from '../src/amqp-client.ts';
import { expectNamed, logIn } from '../src/api-client.ts';
import { openHttpDoor } from '../src/http-client.ts';
import { useDoor, useGateway } from '../src/use-gateway.ts';

interface Operation {
  readonly operationId: string;
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

// Nobody has them; only the cloud has to be one that is there.
const madeUp: Readonly<Record<string, string>> = {
  cloud: 'ec2',
  account: 'ec2-999999999999',
  id: 'i-made-up',
  client: 'cli_made_up',
  token: 'tok_made_up',
};

describe('the documentation', function () {
  this.timeout(30_000);
  const gateway = useGateway();
  const http = useDoor(openHttpDoor, gateway);
  const amqp = useDoor(openAmqpDoor, gateway);

  it('has pages that are there', async () => {
    for (const path of ['/v1/openapi.json', '/docs', '/docs/errors', '/docs/rapidoc.js']) {
      for (const method of ['GET', 'HEAD']) {
        expect(await http().send({ method, path }), `${method} ${path}`).to.include({ status: 200 });
      }
    }
  });

  it('names no operation that is not answered, at either door, with a status that it names', async () => {
    const document = JSON.parse((await http().send({ method: 'GET', path: '/v1/openapi.json' })).body) as {
      paths: Record<string, Record<string, Operation>>;
    };
    const { token } = await logIn(http(), gateway().administrator);
    const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
      Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
    );
    expect(operations.length).to.be.greaterThan(25);

    for (const door of [http(), amqp()]) {
      for (const { path, method, operation } of operations) {
        const answer = await door.send({
          method: method.toUpperCase(),
          path: path.replaceAll(/\{(\w+)\}/g, (_, name) => madeUp[name] ?? `no example of ${name}`),
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(operation.requestBody !== undefined && { body: '{}' }),
        });
        const what = `${operation.operationId} over ${door.name}: ${answer.status}`;
        const { detail } = JSON.parse(answer.body) as { detail?: string };
        expect(detail, what).to.not.match(/No service answers|no such path|is not possible here/);
        expect(Object.keys(operation.responses), what).to.include(String(answer.status));
      }
    }
  });

  // launch: of an image that the cloud does not know. token: of permissions that the client does not have.
  it('names the refusals that are easily forgotten', () => {
    expectNamed(resourceCreateRoute('instance'), 404);
    expectNamed(tokenCreateRoute, 403);
    expectNamed(tokenCreateRoute, 429);
  });
});
