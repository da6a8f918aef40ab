import { expect } from 'chai';
import { catalogueTextOf } from '../../src/generate/catalogue-text-of.ts';
import type { BotocoreService } from '../../src/generate/read-botocore.ts';
import type { ServiceModel } from '../../src/generate/service-model.ts';

describe('catalogueTextOf', () => {
  const partitions = [
    {
      id: 'aws',
      regionRegex: '^us\\-\\w+\\-\\d+$',
      regions: { 'us-east-1': {}, 'us-west-2': {}, 'aws-global': {} },
      outputs: {
        dnsSuffix: 'amazonaws.com',
        dualStackDnsSuffix: 'api.aws',
        implicitGlobalRegion: 'us-east-1',
      },
    },
  ];

  it('writes partitions, a REST service, a global one, and what only endpoints.json knows', () => {
    const text = catalogueTextOf({
      partitions,
      endpoints: {
        partitions: [
          {
            partition: 'aws',
            services: {
              parts: { endpoints: { 'us-east-1': { sslCommonName: 'old.{region}.{dnsSuffix}' } } },
              world: { endpoints: { 'aws-global': { hostname: 'world.amazonaws.com' } } },
            },
          },
        ],
      },
      services: [
        service('parts', {
          metadata: { protocol: 'rest-json', signingName: 'partsigning' },
          url: 'https://parts.{Region}.{PartitionResult#dnsSuffix}',
          operations: {
            GetPart: {
              http: { method: 'GET', requestUri: '/v1/parts/{PartId}/{Path+}?view=full' },
              endpoint: { hostPrefix: 'data-' },
            },
          },
        }),
        service('world', {
          metadata: { protocol: 'query' },
          url: 'https://world.amazonaws.com',
          signingRegion: 'us-east-1',
          operations: { GetWorld: { http: { method: 'POST', requestUri: '/' } } },
        }),
        service('bearer', {
          metadata: { protocol: 'rest-json', signatureVersion: 'bearer' },
          url: '',
          operations: {},
        }),
      ],
    });

    const [head, ...blocks] = text.split('\n\n');
    expect(head).to.equal('partition aws amazonaws.com api.aws us-east-1 ^us-\\w+-\\d+$ us-east-1 us-west-2');
    expect(blocks.map((block) => block.split('\n')[0])).to.deep.equal([
      'service mobile',
      'service parts',
      'service world',
    ]);
    expect(blocks[1]?.split('\n')).to.include.members([
      'signing partsigning',
      'protocols rest-json',
      'hosts data-parts.R.D old.R.D parts.R.D',
      'GET /v1/parts/{}/{+}?view=full GetPart',
    ]);
    expect(blocks[2]?.split('\n')).to.include.members([
      'protocols query',
      'hosts world.amazonaws.com=us-east-1',
      'default *=world.amazonaws.com',
    ]);
  });
  it('keeps the paths of an earlier version, and lets the newer one say what both have', () => {
    const version = (operations: ServiceModel['operations']) => ({
      partitions,
      endpoints: { partitions: [] },
      services: [
        service('parts', {
          metadata: { protocol: 'rest-json' },
          url: 'https://parts.{Region}.{PartitionResult#dnsSuffix}',
          operations,
        }),
      ],
    });
    const get = (requestUri: string) => ({ http: { method: 'GET', requestUri } });

    const text = catalogueTextOf(version({ ListParts: get('/v2/parts'), GetPart: get('/parts/{Id}') }), [
      version({ ListParts: get('/v1/parts'), FetchPart: get('/parts/{Id}') }),
    ]);

    expect(text.split('\n').filter((line) => line.includes('/parts'))).to.deep.equal([
      'GET /v2/parts ListParts',
      'GET /parts/{} GetPart',
      'GET /v1/parts ListParts',
    ]);
  });
});

function service(
  id: string,
  parts: {
    metadata: { protocol: string; signingName?: string; signatureVersion?: string };
    url: string;
    signingRegion?: string;
    operations: ServiceModel['operations'];
  },
): BotocoreService {
  const authSchemes =
    parts.signingRegion === undefined ? [] : [{ name: 'sigv4', signingRegion: parts.signingRegion }];
  return {
    id,
    model: {
      metadata: {
        apiVersion: '2026-01-01',
        endpointPrefix: id,
        serviceFullName: id,
        serviceId: id,
        ...parts.metadata,
      },
      operations: parts.operations,
      shapes: {},
    },
    ruleSet: {
      version: '1.0',
      parameters: { Region: { type: 'String' } },
      rules: [
        {
          type: 'endpoint',
          conditions: [{ fn: 'aws.partition', argv: [{ ref: 'Region' }], assign: 'PartitionResult' }],
          endpoint: { url: parts.url, properties: { authSchemes }, headers: {} },
        },
      ],
    },
  };
}
