import { expect } from 'chai';
import { z } from 'zod';
import { describeConfig } from '../../src/config/describe-config.ts';
import { Secret } from '../../src/config/secret.ts';
import { setting } from '../../src/config/setting.ts';

describe('describeConfig', () => {
  it('gives a row per setting, in order', () => {
    const schema = z.object({
      PORT: setting.port(8080, 'Where to listen.'),
      ORIGINS: setting.list({ default: ['a', 'b'], description: 'Who may ask.' }),
      NAME: setting.text({ description: 'Must be set.' }),
    });

    expect(describeConfig(schema)).to.deep.equal([
      {
        name: 'PORT',
        kind: 'port',
        default: '8080',
        required: false,
        secret: false,
        description: 'Where to listen.',
        expected: 'a whole number from 0 to 65535',
      },
      {
        name: 'ORIGINS',
        kind: 'list',
        default: 'a,b',
        required: false,
        secret: false,
        description: 'Who may ask.',
        expected: 'a comma separated list',
      },
      {
        name: 'NAME',
        kind: 'text',
        default: undefined,
        required: true,
        secret: false,
        description: 'Must be set.',
        expected: 'a text',
      },
    ]);
  });

  it('does not show the default of a secret', () => {
    const schema = z.object({ KEY: setting.secret({ default: new Secret('hunter2'), description: 'Key.' }) });

    expect(describeConfig(schema)[0]).to.include({ secret: true, default: undefined, required: false });
  });

  it('refuses a key of which nothing is known', () => {
    expect(() => describeConfig(z.object({ X: z.string() }))).to.throw('X is not declared');
  });
});
