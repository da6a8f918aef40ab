// Services that an administrator has allowed besides the original's: compressed bodies, HTTP/2 clients made to speak
// HTTP/1.1, and calls that would hand out real credentials.
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { Kinesis } from '@aws-sdk/client-kinesis';
import { STS } from '@aws-sdk/client-sts';
import { accessRequestCreateRoute, cloudServiceAllowRoute } from '@cloud-gateway/contracts';
import { demoRoles } from '@cloud-gateway/simulator';
import { expect } from 'chai';
import { issueKey } from '../../src/csg/issue-key.ts';
import { type Clients, createClients, type OpenClient } from '../../src/csg/javascript/clients.ts';
import { useProxyWorld } from '../../src/csg/use-proxy-world.ts';

const allowed = ['cloudwatch', 'kinesis', 'sts'];

describe('the proxy door: services that were allowed', function () {
  this.timeout(30_000);
  const world = useProxyWorld();
  let clients: Clients;
  let open: OpenClient;

  before(async () => {
    const { administrator, developer, environmentId, gateway, rootPem } = world();
    const early = { environmentId, cloud: 'ec2', services: allowed, reason: 'too early' };
    expect((await developer.refusal(accessRequestCreateRoute, { body: early })).status).to.equal(400);
    for (const service of allowed) {
      await administrator.call(cloudServiceAllowRoute, { params: { cloud: 'ec2', service } });
    }
    const key = await issueKey(world(), { services: allowed });
    clients = createClients({ proxyUrl: gateway.proxyUrl, rootPem });
    open = clients.of(key);
  });
  after(() => clients?.close());
  afterEach(() => expect(world().gateway.errors()).to.deep.equal([]));

  it('CloudWatch, with a body that the SDK has compressed', async () => {
    const watch = open(CloudWatch);
    const MetricData = Array.from({ length: 500 }, (_, i) => ({ MetricName: `metric-${i}`, Value: i }));
    await watch.putMetricData({ Namespace: 'acceptance', MetricData });
    const { Metrics } = await watch.listMetrics({ Namespace: 'acceptance' });
    expect(Metrics).to.have.length(500);
  });

  it('Kinesis, by HTTP/1.1', async () => {
    const kinesis = open(Kinesis);
    const StreamName = 'acceptance';
    await kinesis.createStream({ StreamName, ShardCount: 1 });
    const put = await kinesis.putRecord({ StreamName, PartitionKey: 'a', Data: Buffer.from('record') });
    expect(put.SequenceNumber).to.match(/^\d+$/);
  });

  it('STS says who calls, and hands out nothing', async () => {
    const sts = open(STS);
    expect((await sts.getCallerIdentity({})).Account).to.equal(world().cloudUser.accountId);
    const [{ accountId, roleName, externalId }] = demoRoles;
    const before = world().simulator.calls().total;
    const refusal = await sts
      .assumeRole({
        RoleArn: `arn:aws:iam::${accountId}:role/${roleName}`,
        RoleSessionName: 'acceptance',
        ExternalId: externalId,
      })
      .catch((err: unknown) => err);

    expect(refusal).to.have.property('name', 'AccessDenied');
    expect(String(refusal)).to.include("Action 'AssumeRole' hands out cloud credentials");
    expect(world().simulator.calls().total).to.equal(before);
  });
});
