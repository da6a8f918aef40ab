import { gzipSync } from 'node:zlib';
import { cbor } from '@smithy/core/cbor';
import { expect } from 'chai';
import { type CallParametersInput, callParameters } from '../../src/policies/call-parameters.ts';

type Call = Omit<Partial<CallParametersInput>, 'body'> & { readonly body?: string | Uint8Array };

function find(name: string, { body = '', ...call }: Call) {
  return callParameters({
    protocol: 'json-1.0',
    service: 'dynamodb',
    target: '/',
    bucket: undefined,
    contentEncoding: undefined,
    ...call,
    body: Buffer.from(body as string),
  }).find(name);
}

const text = (value: string) => ({ kind: 'text', text: value });

describe('callParameters', () => {
  it('reads each protocol where it has its parameters', () => {
    const json = '{"A":{"Name":"x"}}';
    expect(find('A.Name', { protocol: 'json-1.0', body: json })).to.deep.equal(text('x'));
    expect(find('A.Name', { protocol: 'json-1.1', body: json })).to.deep.equal(text('x'));
    expect(find('A.Name', { protocol: 'rest-json', body: json })).to.deep.equal(text('x'));
    expect(find('A.Name', { protocol: 'query', body: 'Action=X&A.Name=x' })).to.deep.equal(text('x'));
    expect(find('A.Name', { protocol: 'ec2', body: 'A.Name=x' })).to.deep.equal(text('x'));
    expect(find('A.Name', { protocol: 'rest-xml', body: '<R><A><Name>x</Name></A></R>' })).to.deep.equal(
      text('x'),
    );
    expect(find('A.Name', { protocol: 'cbor', body: cbor.serialize({ A: { Name: 'x' } }) })).to.deep.equal(
      text('x'),
    );
  });

  it('takes form and query string of the query protocol for one', () => {
    const call = { protocol: 'query', service: 'sqs' } as const;
    expect(find('QueueName', { ...call, target: '/?Action=CreateQueue&QueueName=x' })).to.deep.equal(
      text('x'),
    );
    expect(find('QueueName', { ...call, target: '/?QueueName=good', body: 'QueueName=evil' }).kind).to.equal(
      'unreadable',
    );
  });

  it('takes the path of a REST call before its body', () => {
    const call = { protocol: 'rest-json', service: 'glacier', target: '/-/vaults/evil' } as const;
    expect(find('vaultName', { ...call, body: '{"vaultName":"good"}' })).to.deep.equal(text('evil'));
    expect(find('Bucket', { protocol: 's3', service: 's3', target: '/', bucket: 'x' })).to.deep.equal(
      text('x'),
    );
  });

  it('does not look into the query of a REST call that has a body', () => {
    const call = { protocol: 'rest-json', service: 'lambda', target: '/f?FunctionName=good' } as const;
    expect(find('FunctionName', { ...call, body: '{"FunctionName":"evil"}' })).to.deep.equal(text('evil'));
    expect(find('FunctionName', { ...call, body: '{}' })).to.deep.equal({ kind: 'absent' });
    expect(find('FunctionName', call)).to.deep.equal(text('good'));
  });

  it('inflates gzip, within a bound, and nothing else', () => {
    const gzipped = (body: string) => ({ contentEncoding: 'GZIP', body: gzipSync(body) });
    expect(find('Name', gzipped('{"Name":"x"}'))).to.deep.equal(text('x'));
    expect(find('Name', gzipped(`{"Name":"x","a":"${'0'.repeat(2 ** 20)}"}`)).kind).to.equal('unreadable');
    expect(find('Name', { contentEncoding: 'gzip', body: '{"Name":"x"}' }).kind).to.equal('unreadable');
    expect(find('Name', { contentEncoding: 'br', body: '{"Name":"x"}' }).kind).to.equal('unreadable');
    expect(find('Name', { contentEncoding: 'gzip, gzip', body: '{"Name":"x"}' }).kind).to.equal('unreadable');
  });
});
