import { expect } from 'chai';
import { findSecrets } from '../src/find-secrets.ts';

const secret = 'wJalr"UtnFEMI/K7MDENG+bPxRfiCY';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('findSecrets', () => {
  const hidden = [
    { where: 'as it is', line: `key=${secret} id=1` },
    { where: 'in JSON', line: JSON.stringify({ key: secret }) },
    { where: 'in a URL', line: `GET /?key=${encodeURIComponent(secret)}` },
    { where: 'as base64', line: base64(secret) },
    { where: 'as base64url', line: Buffer.from(secret).toString('base64url') },
    { where: 'in the base64 of user:secret', line: `Basic ${base64(`user:${secret}`)}` },
    { where: 'in the base64 of a:secret', line: `Basic ${base64(`a:${secret}`)}` },
    {
      where: 'in the middle of a longer base64',
      line: base64(`{"secret":"${secret}","region":"eu-west-1"}`),
    },
  ];
  for (const { where, line } of hidden) {
    it(`finds a secret ${where}`, () => {
      expect(findSecrets(`first line\n${line}\nlast line`, [secret])).to.eql([2]);
    });
  }

  it('finds nothing in lines without secrets', () => {
    expect(findSecrets(`a line\n${base64('another text of some length')}\n`, [secret])).to.eql([]);
  });

  it('finds each of several secrets', () => {
    expect(findSecrets('one-secret\nnothing\nother-secret', ['one-secret', 'other-secret'])).to.eql([1, 3]);
  });
});
