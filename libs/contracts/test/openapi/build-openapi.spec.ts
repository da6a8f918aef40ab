import { expect } from 'chai';
import { buildOpenApi } from '../../src/openapi/build-openapi.ts';
import { allRoutes } from '../../src/routes/all-routes.ts';

describe('buildOpenApi', () => {
  const document = buildOpenApi() as {
    paths: Record<
      string,
      Record<
        string,
        {
          operationId: string;
          parameters: { name: string; in: string }[];
          responses: Record<string, unknown>;
        }
      >
    >;
  };
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

  it('has one operation for each route, named after it', () => {
    expect(operations.map((operation) => operation.operationId).sort()).to.deep.equal(
      allRoutes.map((route) => route.name).sort(),
    );
  });

  it('describes every path parameter that the path has', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      for (const operation of Object.values(methods)) {
        const described = operation.parameters.filter((one) => one.in === 'path').map((one) => one.name);
        expect(described.sort(), operation.operationId).to.deep.equal(named);
      }
    }
  });

  it('says of every operation what it answers when it goes well and when it does not', () => {
    for (const operation of operations) {
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => status.startsWith('2')),
        operation.operationId,
      ).to.equal(true);
      expect(statuses, operation.operationId).to.include.members(['400', '503', '504']);
    }
  });

  it('names every status of success, and the headers that mean something', () => {
    const named = (name: string) => {
      const operation = operations.find(({ operationId }) => operationId === name);
      const headers = operation?.parameters.filter((one) => one.in === 'header').map((one) => one.name);
      const statuses = Object.keys(operation?.responses ?? {}).filter((status) => status < '400');
      return { headers, statuses, notModified: operation?.responses['304'] };
    };
    expect(named('volume-create')).to.deep.include({
      headers: ['Idempotency-Key', 'Prefer'],
      statuses: ['200', '201', '202'],
    });
    expect(named('volume-update').headers).to.deep.equal(['Idempotency-Key', 'If-Match', 'Prefer']);
    const list = named('volume-list');
    expect(list).to.deep.include({ headers: ['If-None-Match'], statuses: ['200', '304'] });
    expect(list.notModified, 'there is no body').to.not.have.property('content');
  });

  it('can be sent as JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal(document);
  });
});
