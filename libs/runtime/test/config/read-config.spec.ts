import { inspect } from 'node:util';
import { expect } from 'chai';
import { z } from 'zod';
import { ConfigurationError } from '../../src/config/configuration-error.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { setting } from '../../src/config/setting.ts';

const schema = z.object({
  GATEWAY_EDGE_PORT: setting.port(8080, 'Port.'),
  GATEWAY_EDGE_REQUESTS_MAX: setting.integer({ min: 1, max: 100, description: 'Limit.' }),
  GATEWAY_EDGE_NAME: setting.text({ optional: true, description: 'Name.' }),
  GATEWAY_DATABASE_URL: setting.secretUrl({
    protocols: ['mysql:'],
    optional: true,
    description: 'Database.',
  }),
});

describe('readConfig', () => {
  it('gives typed values, and defaults for what is not set', () => {
    const config = readConfig(schema, { GATEWAY_EDGE_REQUESTS_MAX: '7' });

    const port: number = config.GATEWAY_EDGE_PORT;
    const name: string | undefined = config.GATEWAY_EDGE_NAME;
    expect([port, config.GATEWAY_EDGE_REQUESTS_MAX, name]).to.deep.equal([8080, 7, undefined]);
  });

  it('takes an empty variable for one that is not set', () => {
    const config = readConfig(schema, {
      GATEWAY_EDGE_PORT: '',
      GATEWAY_EDGE_NAME: '  ',
      GATEWAY_EDGE_REQUESTS_MAX: '1',
    });

    expect(config.GATEWAY_EDGE_PORT).to.equal(8080);
    expect(config.GATEWAY_EDGE_NAME).to.equal(undefined);
  });

  it('gives a frozen object without the variables that the schema does not name', () => {
    const config = readConfig(schema, { GATEWAY_EDGE_REQUESTS_MAX: '1', PATH: '/bin' });

    expect(Object.isFrozen(config)).to.equal(true);
    expect(config).not.to.have.property('PATH');
  });

  it('names every wrong value at once, one line each', () => {
    const error = refusalOf({ GATEWAY_EDGE_PORT: 'abc' });

    expect(error.message.split('\n')).to.deep.equal([
      'GATEWAY_EDGE_PORT: expected a whole number from 0 to 65535, got "abc"',
      'GATEWAY_EDGE_REQUESTS_MAX: not set; expected a whole number from 1 to 100',
    ]);
    expect(error.issues.map(({ name }) => name)).to.deep.equal([
      'GATEWAY_EDGE_PORT',
      'GATEWAY_EDGE_REQUESTS_MAX',
    ]);
  });

  it('never shows the value of a secret, neither when it is wrong nor when it is printed', () => {
    const wrong = refusalOf({ GATEWAY_EDGE_REQUESTS_MAX: '1', GATEWAY_DATABASE_URL: 'hunter2' });
    const right = readConfig(schema, {
      GATEWAY_EDGE_REQUESTS_MAX: '1',
      GATEWAY_DATABASE_URL: 'mysql://gateway:hunter2@localhost/gateway',
    });

    expect(wrong.message).to.equal(
      'GATEWAY_DATABASE_URL: expected a URL that starts with mysql://, got something else (not shown)',
    );
    expect(inspect(wrong, { depth: 9 }) + inspect(right) + JSON.stringify(right)).not.to.contain('hunter2');
    expect(right.GATEWAY_DATABASE_URL?.reveal()).to.contain('hunter2');
  });

  it('reports what the schema says of several settings together', () => {
    const together = schema.refine((config) => config.GATEWAY_EDGE_NAME !== 'x', { error: 'x is no name' });

    expect(() => readConfig(together, { GATEWAY_EDGE_REQUESTS_MAX: '1', GATEWAY_EDGE_NAME: 'x' })).to.throw(
      'x is no name',
    );
  });

  it('reads the environment of the process by default', () => {
    const name = 'GATEWAY_TEST_ONLY';
    process.env[name] = 'yes';
    try {
      const config = readConfig(z.object({ [name]: setting.flag({ description: 'Test.' }) }));
      expect(config[name]).to.equal(true);
    } finally {
      delete process.env[name];
    }
  });
});

function refusalOf(environment: Record<string, string>): ConfigurationError {
  try {
    readConfig(schema, environment);
  } catch (err) {
    if (err instanceof ConfigurationError) return err;
    throw err;
  }
  throw new Error('the configuration was taken');
}
