import { expect } from 'chai';
import { echoExchange } from '../../src/exchange/echo-exchange.ts';
import { echoItemSchema } from '../../src/exchange/echo-item.ts';
import { echoRoute } from '../../src/peers/echo-route.ts';

describe('echoExchange', () => {
  const { body, answer, target } = echoExchange('item-0001');

  it('carries 1 KB each way, as the measured baselines did', () => {
    expect(body.length).to.be.within(850, 880);
    expect(answer.length).to.be.within(930, 1000);
  });

  it('passes the schemas of our route, which keep the order of its fields', () => {
    expect(JSON.stringify(echoItemSchema.parse(JSON.parse(body)))).to.equal(body);
    expect(JSON.stringify(echoRoute.answer.schema.parse(JSON.parse(answer)))).to.equal(answer);
    expect(target).to.equal('/v1/echo/items/item-0001?limit=10');
  });
});
