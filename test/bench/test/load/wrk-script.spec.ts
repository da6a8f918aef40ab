import { expect } from 'chai';
import { echoExchange } from '../../src/exchange/echo-exchange.ts';
import { parseWrkResult, wrkScript } from '../../src/load/wrk-script.ts';

describe('wrkScript', () => {
  it('holds the request and its answer as they are', () => {
    const exchange = echoExchange('item-0001');

    const script = wrkScript(exchange);

    expect(script).to.include(`wrk.body = [====[${exchange.body}]====]`);
    expect(script).to.include(`local expected = [====[${exchange.answer}]====]`);
    expect(script).to.include('wrk.headers[ [====[content-type]====] ] = [====[application/json]====]');
  });
});

describe('wrkScript of many targets', () => {
  it('asks them in turns, and takes any good answer', () => {
    const exchange = {
      ...echoExchange('item-0001'),
      targets: ['/a', '/b?limit=1'],
      body: '',
      answer: undefined,
    };

    const script = wrkScript(exchange);

    expect(script).to.include('local targets = { [====[/a]====],\n[====[/b?limit=1]====] }');
    expect(script).to.include('local expected = nil');
    expect(script).not.to.include('wrk.body');
  });

  it('leaves the one request to wrk where there is one', () => {
    expect(wrkScript(echoExchange('item-0001'))).not.to.include('function request()');
  });
});

describe('parseWrkResult', () => {
  it('finds the result among what wrk prints', () => {
    const printed = `Running 1s test @ http://127.0.0.1:1\nRESULT {"requests":2000,"micros":2000000,"p50":1500,"p99":9000,"wrong":1,"connect":0,"read":0,"write":0,"timeout":0}\n`;

    const { faults, ...result } = parseWrkResult(printed);

    expect(result).to.deep.equal({ requests: 2000, requestsPerSecond: 1000, p50Ms: 1.5, p99Ms: 9 });
    expect(faults['wrong answers']).to.equal(1);
  });

  it('quotes what wrk said when there is no result', () => {
    expect(() => parseWrkResult('unable to connect')).to.throw('unable to connect');
  });
});
