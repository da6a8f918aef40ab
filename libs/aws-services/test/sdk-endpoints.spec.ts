// The endpoint rules of the SDK, version for version their own, say where a request goes. We have to recognise it.
import { expect } from 'chai';
import { catalogue } from '../src/catalogue.ts';
import { findEndpoint } from '../src/find-endpoint.ts';
import { hostFor } from '../src/host-for.ts';
import { resolveService } from '../src/resolve-service.ts';
import {
  type EndpointParameters,
  type InstalledClient,
  installedClients,
  type SdkEndpoint,
} from './sdk-clients.ts';

describe('the endpoints of the SDK', () => {
  const clients = installedClients();
  after(() => {
    for (const { client } of clients) client.destroy();
  });
  const regions = catalogue().partitions.flatMap(({ id, regions: names }) =>
    names.map((region) => ({ partition: id, region })),
  );

  for (const installed of clients) {
    it(`are recognised: ${installed.service}, in every region, with and without FIPS and dual-stack`, () => {
      let resolved = 0;
      for (const { partition, region } of regions) {
        for (const variant of variants) {
          const endpoint = ask(installed, { Region: region, ...variant });
          if (!endpoint) continue;
          resolved += 1;
          assertRecognised(installed, endpoint, { partition, region });
        }
      }
      expect(resolved).to.be.at.least(regions.length);
    });
  }

  for (const bucket of ['a-bucket', 'a.dotted.bucket', 'Upper_Case']) {
    it(`are recognised: S3 with the bucket ${bucket}`, () => {
      const s3 = clients.find(({ service }) => service === 's3') as InstalledClient;
      for (const { partition, region } of regions) {
        for (const variant of variants) {
          const endpoint = ask(s3, { Region: region, Bucket: bucket, ...variant });
          if (!endpoint) continue;
          assertRecognised(s3, endpoint, { partition, region });
          const inHost = endpoint.url.hostname.startsWith(`${bucket}.`);
          expect(findEndpoint(endpoint.url.hostname)?.bucket).to.equal(inHost ? bucket : undefined);
        }
      }
    });
  }

  it('are what hostFor chooses, where the SDK is given nothing but a region', () => {
    for (const installed of clients) {
      for (const { region } of regions) {
        const endpoint = ask(installed, { Region: region, UseFIPS: false, UseDualStack: false });
        if (!endpoint) continue;
        const ours = hostFor({ signingName: installed.signingName, region, service: installed.service });
        const { signingRegion = region } = endpoint.properties?.authSchemes?.[0] ?? {};
        expect(ours, `${installed.service} ${region}`).to.deep.equal({
          host: endpoint.url.hostname,
          signingRegion,
        });
      }
    }
  });
});

const variants = [
  { UseFIPS: false, UseDualStack: false },
  { UseFIPS: true, UseDualStack: false },
  { UseFIPS: false, UseDualStack: true },
  { UseFIPS: true, UseDualStack: true },
];

function ask({ client, service }: InstalledClient, parameters: EndpointParameters): SdkEndpoint | undefined {
  // The last client of Mobile Hub is older than this partition, and would send to amazonaws.com.
  if (service === 'mobile' && parameters.Region.startsWith('eusc-')) return undefined;
  // No such endpoint exists; versions of the rules disagree on what it would be signed for.
  if (service === 'iam' && parameters.Region.startsWith('cn-') && parameters.UseFIPS) return undefined;
  try {
    return client.config.endpointProvider(parameters);
  } catch {
    // "FIPS is enabled but this partition does not support FIPS" and its like.
    return undefined;
  }
}

function assertRecognised(
  { service, signingName }: InstalledClient,
  { url, properties }: SdkEndpoint,
  expected: { partition: string; region: string },
): void {
  const host = url.hostname;
  const scheme = properties?.authSchemes?.[0];
  const signingRegion = scheme?.signingRegion ?? expected.region;
  const found = findEndpoint(host);
  expect(found?.services, host).to.include(service);
  expect(found?.partition, host).to.equal(expected.partition);
  const resolution = resolveService({
    host,
    signingName: scheme?.signingName ?? signingName,
    region: signingRegion,
  });
  expect(resolution.ok, `${host} signed for ${signingRegion}`).to.equal(true);
}
