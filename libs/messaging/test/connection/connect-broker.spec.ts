// AMQPS, against the real broker's own port. The life of a connection is tested by all that live on one.
import { isGatewayError } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import { serverStartTimeoutMs, testServers } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { connectBroker } from '../../src/index.ts';

describe('connectBroker over TLS', function () {
  this.timeout(serverStartTimeoutMs);
  let url: string;
  let caFile: string;

  before(async function () {
    const { amqpsUrl, certificateFile } = await testServers();
    if (!amqpsUrl || !certificateFile) return this.skip(); // A given broker may not have it.
    url = amqpsUrl;
    caFile = certificateFile;
  });

  const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
  const connect = (options: { url: string; caFile?: string }) =>
    connectBroker({ name: 'test', log, firstConnectionTimeoutMs: 50, ...options });
  const refusal = async (options: { url: string; caFile?: string }) => {
    const failure: unknown = await connect(options).catch((err: unknown) => err);
    return isGatewayError(failure) ? failure : expect.fail(String(failure));
  };

  it('trusts the authority in the file', async () => {
    const connection = await connect({ url, caFile });
    expect(connection.isUp()).to.equal(true);
    await connection.close();
  });

  it('connects to no broker whose certificate nobody vouches for, and says what to set', async () => {
    const { cause, message } = await refusal({ url });
    expect(cause).to.have.property('code', 'DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(message).to.contain('or GATEWAY_AMQP_CA_FILE has to name one');
  });

  it('says that the file cannot be read', async () => {
    expect(String((await refusal({ url, caFile: '/nowhere.pem' })).cause)).to.contain('ENOENT');
  });
});
