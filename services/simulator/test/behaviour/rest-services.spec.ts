// The services that are called by method and path, each used as the acceptance test of the proxy uses it.
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { Glacier } from '@aws-sdk/client-glacier';
import { Lambda } from '@aws-sdk/client-lambda';
import { Mobile } from '@aws-sdk/client-mobile';
import { Pinpoint } from '@aws-sdk/client-pinpoint';
import { Route53 } from '@aws-sdk/client-route-53';
import { expect } from 'chai';
import { expectAwsError, one, useSimulator } from '../use-simulator.ts';

describe('the REST services', () => {
  const cloud = useSimulator();

  it('API Gateway', async () => {
    const gateway = cloud.client(APIGateway);
    const { id: restApiId = '' } = await gateway.createRestApi({
      name: 'api',
      description: 'an “API”',
      endpointConfiguration: { types: ['EDGE'] },
    });
    expect((await gateway.getRestApis({})).items?.map(({ id }) => id)).to.deep.equal([restApiId]);
    const api = await gateway.getRestApi({ restApiId });
    expect(api).to.deep.include({
      name: 'api',
      description: 'an “API”',
      endpointConfiguration: { types: ['EDGE'] },
    });
    expect(api.createdDate?.getTime()).to.equal(cloud.clock.nowMs());
    await gateway.deleteRestApi({ restApiId });
    await expectAwsError(gateway.getRestApi({ restApiId }), 'NotFoundException', 404);
  });

  it('Glacier', async () => {
    const glacier = cloud.client(Glacier);
    expect((await glacier.listVaults({ accountId: '-' })).VaultList).to.deep.equal([]);
    await glacier.createVault({ accountId: '-', vaultName: 'vault' });
    const { VaultList } = await glacier.listVaults({ accountId: one.accountId });
    expect(VaultList?.map(({ VaultName }) => VaultName)).to.deep.equal(['vault']);
    await glacier.deleteVault({ accountId: '-', vaultName: 'vault' });
    await expectAwsError(
      glacier.deleteVault({ accountId: '-', vaultName: 'vault' }),
      'ResourceNotFoundException',
      404,
    );
    await expectAwsError(glacier.listVaults({ accountId: '210987654321' }), 'AccessDeniedException', 403);
  });

  it('Lambda, also with an ARN in the path', async () => {
    const lambda = cloud.client(Lambda);
    expect((await lambda.listFunctions({})).Functions).to.deep.equal([]);
    const FunctionName = `arn:aws:lambda:us-east-1:${one.accountId}:function:none`;
    const error = await expectAwsError(
      lambda.getFunction({ FunctionName }),
      'ResourceNotFoundException',
      404,
    );
    expect(error.message).to.equal(`Function not found: ${FunctionName}`);
  });

  it('Mobile Hub', async () => {
    const mobile = cloud.client(Mobile);
    expect((await mobile.listProjects({ maxResults: 10 })).projects).to.deep.equal([]);
    const { bundleList } = await mobile.listBundles({ maxResults: 10 });
    expect(bundleList?.map(({ bundleId }) => bundleId)).to.deep.equal(['demo-app']);
    const { details } = await mobile.describeBundle({ bundleId: 'demo-app' });
    expect(details?.title).to.equal('Demo application');
    await expectAwsError(mobile.describeBundle({ bundleId: 'none' }), 'NotFoundException', 404);
  });

  it('Pinpoint', async () => {
    const pinpoint = cloud.client(Pinpoint);
    const { ApplicationResponse } = await pinpoint.createApp({ CreateApplicationRequest: { Name: 'app' } });
    const ApplicationId = ApplicationResponse?.Id ?? '';
    const { ApplicationsResponse } = await pinpoint.getApps({});
    expect(ApplicationsResponse?.Item?.map(({ Id }) => Id)).to.deep.equal([ApplicationId]);
    expect((await pinpoint.getApp({ ApplicationId })).ApplicationResponse?.Name).to.equal('app');

    const { SegmentResponse } = await pinpoint.createSegment({
      ApplicationId,
      WriteSegmentRequest: { Name: 'segment' },
    });
    const SegmentId = SegmentResponse?.Id ?? '';
    const { SegmentsResponse } = await pinpoint.getSegments({ ApplicationId });
    expect(SegmentsResponse?.Item?.map(({ Name }) => Name)).to.deep.equal(['segment']);
    expect((await pinpoint.getSegment({ ApplicationId, SegmentId })).SegmentResponse?.Name).to.equal(
      'segment',
    );
    await pinpoint.deleteSegment({ ApplicationId, SegmentId });
    await expectAwsError(pinpoint.getSegment({ ApplicationId, SegmentId }), 'NotFoundException', 404);
    await pinpoint.deleteApp({ ApplicationId });
    await expectAwsError(pinpoint.getApp({ ApplicationId }), 'NotFoundException', 404);
  });

  it('Route 53', async () => {
    const route53 = cloud.client(Route53);
    const made = await route53.createReusableDelegationSet({ CallerReference: 'a <reference> & more' });
    const Id = made.DelegationSet?.Id ?? '';
    const { DelegationSets } = await route53.listReusableDelegationSets({});
    expect(DelegationSets?.map((set) => set.Id)).to.deep.equal([Id]);
    const { DelegationSet } = await route53.getReusableDelegationSet({ Id });
    expect(DelegationSet).to.deep.include({ CallerReference: 'a <reference> & more' });
    expect(DelegationSet?.NameServers).to.have.length(2);
    await route53.deleteReusableDelegationSet({ Id });
    await expectAwsError(route53.getReusableDelegationSet({ Id }), 'NoSuchDelegationSet', 400);
    expect((await route53.listReusableDelegationSets({})).DelegationSets).to.deep.equal([]);
  });
});
