import path from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { readConfig } from '../../src/config/read-config.ts';
import { setting } from '../../src/config/setting.ts';

const description = 'For the test.';

const kinds = {
  port: setting.port(1, description),
  integer: setting.integer({ min: -5, max: 5, description }),
  milliseconds: setting.milliseconds({ min: 10, max: 3_600_000, description }),
  text: setting.text({ description }),
  choice: setting.choice({ values: ['json', 'pretty'], description }),
  url: setting.url({ description }),
  flag: setting.flag({ description }),
  list: setting.list({ description }),
  file: setting.file({ description }),
} as const;

const accepted: readonly (readonly [keyof typeof kinds, text: string, value: unknown])[] = [
  ['port', '0', 0],
  ['port', '65535', 65_535],
  ['integer', '-5', -5],
  ['integer', ' 5 ', 5],
  ['milliseconds', '500', 500],
  ['milliseconds', '500ms', 500],
  ['milliseconds', '30s', 30_000],
  ['milliseconds', '5m', 300_000],
  ['milliseconds', '1h', 3_600_000],
  ['text', ' a b ', 'a b'],
  ['choice', 'pretty', 'pretty'],
  ['url', 'http://localhost:9000/x', 'http://localhost:9000/x'],
  ['flag', 'true', true],
  ['flag', 'Off', false],
  ['flag', '1', true],
  ['list', 'a, b,,c', ['a', 'b', 'c']],
  ['file', 'keys/master.json', path.resolve('keys/master.json')],
  ['file', '/etc/x', '/etc/x'],
];

const refusals: readonly (readonly [keyof typeof kinds, text: string])[] = [
  ['port', '65536'],
  ['port', '-1'],
  ['port', '80.5'],
  ['port', '0x50'],
  ['integer', '6'],
  ['integer', '1e0'],
  ['integer', 'NaN'],
  ['integer', '99999999999999999999'],
  ['milliseconds', '9'],
  ['milliseconds', '2h'],
  ['milliseconds', '1d'],
  ['milliseconds', '1.5s'],
  ['choice', 'JSON'],
  ['choice', 'toString'],
  ['url', 'localhost:9000'],
  ['url', 'ftp://localhost'],
  ['url', 'http://user:pass@localhost'],
  ['flag', 'maybe'],
  ['file', 'a\0b'],
];

describe('setting', () => {
  for (const [kind, text, value] of accepted) {
    it(`${kind} takes ${JSON.stringify(text)}`, () => {
      expect(read(kind, text)).to.deep.equal(value);
    });
  }

  for (const [kind, text] of refusals) {
    it(`${kind} refuses ${JSON.stringify(text)}`, () => {
      expect(() => read(kind, text)).to.throw(/^SETTING: expected /);
    });
  }

  it('does not show a password that was put into a plain URL', () => {
    expect(() => read('url', 'http://user:hunter2@localhost'))
      .to.throw()
      .with.property('message')
      .that.does.not.contain('hunter2');
  });

  it('cuts a long wrong value', () => {
    expect(() => read('flag', 'x'.repeat(5000)))
      .to.throw()
      .with.property('message')
      .with.length.below(200);
  });

  it('refuses a secret that is too short, without showing it', () => {
    const schema = z.object({ KEY: setting.secret({ minLength: 10, description }) });

    expect(() => readConfig(schema, { KEY: 'tiny' })).to.throw(
      'KEY: expected a text of at least 10 characters, got something else (not shown)',
    );
  });
});

function read(kind: keyof typeof kinds, text: string): unknown {
  return readConfig(z.object({ SETTING: kinds[kind] as z.ZodType }), { SETTING: text }).SETTING;
}
