import { expect } from 'chai';
import { brokerUrlForClients } from '../src/broker-url-for-clients.ts';

describe('brokerUrlForClients', () => {
  it('is that of the gateway without what is its own, unless the operator names another', () => {
    const amqpUrl = 'amqps://gateway:pass%20word@broker.example.com:5671/cloud?heartbeat=5';
    expect(brokerUrlForClients({ publicUrl: undefined, amqpUrl })).to.equal(
      'amqps://broker.example.com:5671/cloud',
    );
    const publicUrl = 'amqps://events.example.com/cloud';
    expect(brokerUrlForClients({ publicUrl, amqpUrl })).to.equal(publicUrl);
  });
});
