// The services whose calls are told apart by method and path.
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { Glacier } from '@aws-sdk/client-glacier';
import { Lambda } from '@aws-sdk/client-lambda';
import { Mobile } from '@aws-sdk/client-mobile';
import { Pinpoint } from '@aws-sdk/client-pinpoint';
import { Route53 } from '@aws-sdk/client-route-53';
import { expect } from 'chai';
import { expectFailure } from './expect-failure.ts';
import type { ServiceSequences } from './service-sequences.ts';

export const apiGateway: ServiceSequences = {
  async verify(open, name) {
    const gateway = open(APIGateway);
    const { id: restApiId } = await gateway.createRestApi({
      name,
      description: 'acceptance',
      endpointConfiguration: { types: ['EDGE'] },
    });
    const { items } = await gateway.getRestApis({});
    expect(items?.map(({ id }) => id)).to.include(restApiId);
    expect((await gateway.getRestApi({ restApiId })).name).to.equal(name);
    await gateway.deleteRestApi({ restApiId });
    await expectFailure(gateway.getRestApi({ restApiId }), /NotFound/);
  },
  denied: (open) => open(APIGateway).getRestApis({}),
};

export const glacier: ServiceSequences = {
  async verify(open) {
    expect((await open(Glacier).listVaults({ accountId: '-' })).VaultList).to.be.an('array');
  },
  denied: (open) => open(Glacier).listVaults({ accountId: '-' }),
};

export const lambda: ServiceSequences = {
  async verify(open) {
    expect((await open(Lambda).listFunctions({})).Functions).to.be.an('array');
  },
  denied: (open) => open(Lambda).listFunctions({}),
};

export const mobile: ServiceSequences = {
  async verify(open) {
    const hub = open(Mobile);
    expect((await hub.listProjects({ maxResults: 10 })).projects).to.be.an('array');
    const { bundleList } = await hub.listBundles({ maxResults: 10 });
    expect(bundleList).to.have.length.greaterThan(0);
    const { details } = await hub.describeBundle({ bundleId: 'demo-app' });
    expect(details?.title).to.be.a('string').and.not.equal('');
  },
  denied: (open) => open(Mobile).listProjects({}),
};

export const pinpoint: ServiceSequences = {
  async verify(open, name) {
    const point = open(Pinpoint);
    const made = await point.createApp({ CreateApplicationRequest: { Name: name } });
    const ApplicationId = made.ApplicationResponse?.Id ?? '';
    const { ApplicationsResponse } = await point.getApps({});
    expect(ApplicationsResponse?.Item?.map(({ Id }) => Id)).to.include(ApplicationId);
    expect((await point.getApp({ ApplicationId })).ApplicationResponse?.Name).to.equal(name);
    const segment = await point.createSegment({
      ApplicationId,
      WriteSegmentRequest: { Name: `${name}segment` },
    });
    const SegmentId = segment.SegmentResponse?.Id ?? '';
    const { SegmentsResponse } = await point.getSegments({ ApplicationId });
    expect(SegmentsResponse?.Item?.map(({ Id }) => Id)).to.include(SegmentId);
    expect((await point.getSegment({ ApplicationId, SegmentId })).SegmentResponse?.Id).to.equal(SegmentId);
    await point.deleteSegment({ ApplicationId, SegmentId });
    await expectFailure(point.getSegment({ ApplicationId, SegmentId }), /^NotFoundException$/);
    await point.deleteApp({ ApplicationId });
    await expectFailure(point.getApp({ ApplicationId }), /^NotFoundException$/);
  },
  denied: (open) => open(Pinpoint).getApps({}),
};

export const route53: ServiceSequences = {
  async verify(open, name) {
    const dns = open(Route53);
    const { DelegationSet } = await dns.createReusableDelegationSet({ CallerReference: name });
    const Id = DelegationSet?.Id ?? '';
    const { DelegationSets } = await dns.listReusableDelegationSets({});
    expect(DelegationSets?.map((each) => each.Id)).to.include(Id);
    expect((await dns.getReusableDelegationSet({ Id })).DelegationSet?.Id).to.equal(Id);
    await dns.deleteReusableDelegationSet({ Id });
    await expectFailure(dns.getReusableDelegationSet({ Id }), /^NoSuchDelegationSet$/);
  },
  denied: (open) => open(Route53).listReusableDelegationSets({}),
};
