// Real commands of the SDK, caught just before the wire: the operation that we read has to be the command's name.
import { expect } from 'chai';
import { type ErrorProtocol, errorProtocolOf } from '../src/error-protocol-of.ts';
import { findEndpoint } from '../src/find-endpoint.ts';
import { operationOf } from '../src/operation-of.ts';
import { resolveService } from '../src/resolve-service.ts';
import type { RecordedRequest } from './recorder.ts';
import { installedClients } from './sdk-clients.ts';
import { sdkCommands } from './sdk-commands.ts';

describe('the operations of the SDK', () => {
  const clients = installedClients();
  after(() => {
    for (const { client } of clients) client.destroy();
  });

  async function record(
    service: string,
    command: unknown,
  ): Promise<RecordedRequest & { services: readonly string[] }> {
    const installed = clients.find((each) => each.service === service);
    if (!installed) throw new Error(`No client of ${service}.`);
    const outcome = await installed.client.send(command).catch((err: unknown) => err);
    if (!(outcome instanceof Error) || outcome.message !== 'recorded') throw outcome;
    const request = installed.recorder.last();
    const endpoint = findEndpoint(request.hostname);
    const resolution = resolveService({
      host: request.hostname,
      signingName:
        installed.signingName === 's3' ? (endpoint?.signingNames[0] ?? 's3') : installed.signingName,
      region: endpoint?.region ?? 'us-east-1',
    });
    if (!resolution.ok) throw new Error(resolution.message);
    return { ...request, services: resolution.services };
  }

  for (const [service, protocol, commands] of sdkCommands) {
    for (const [name, command] of Object.entries(commands)) {
      it(`${service}: ${name}`, async () => {
        const request = await record(service, command);
        const bucket = findEndpoint(request.hostname)?.bucket;

        const operation = operationOf({ ...request, bucket });
        const shape = errorProtocolOf({ ...request, bucket });

        expect(operation).to.include({ service, action: name, protocol });
        expect(operation.services).to.include(service);
        const expected: ErrorProtocol = service === 's3' ? 's3' : protocol;
        expect(shape.protocol).to.equal(expected);
        expect(shape.service).to.equal(service);
        expect(shape.queryMode).to.equal(['sqs', 'cloudwatch'].includes(service));
      });
    }
  }
});
