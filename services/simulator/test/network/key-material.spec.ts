import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { generateKey, readPublicKey } from '../../src/network/key-material.ts';
import { systemRandom } from '../../src/random-source.ts';

// Made with ssh-keygen; the fingerprints are those that ssh-keygen (Ed25519) and openssl md5 (RSA) print for them.
const known = [
  [
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMLKAEsr2KT/Y4u1Pd78YFmYRvhejkvpOluoi0pwryj0 x',
    'ZEg4EvoiIVZHv5rAQ1LMI0MizQGaki4sui4nss8oCww=',
  ],
  [
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDFwrQQVE1I3FiE+LPHhV1awVEVeF1kG6fKoQyvzo6YDskfhgxw+pZT/LRhdAO6xknUT+r4XfmHdoxmSjUGIVgjDJ3wKzk/97Gf6X7YCyl/TCyI0ZU7WUT6pjh4A0+3Facp5d4i/+He7viWZ9V5FqHuweHSJnQhHFuMVVhdX7AuuQ== x',
    'c8:68:4b:f1:c5:c3:5c:02:6a:41:cb:f1:be:7a:b5:aa',
  ],
] as const;

describe('readPublicKey', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const line = readPublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString())?.openssh ?? '';

  it('reads one key alike in every format', () => {
    const rfc4716 = [
      '---- BEGIN SSH2 PUBLIC KEY ----',
      'Comment: "2048-bit RSA"',
      ...(line.split(' ')[1]?.match(/.{1,70}/g) ?? []),
      '---- END SSH2 PUBLIC KEY ----',
    ].join('\n');
    const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

    const read = [line, `${line} a comment\n`, rfc4716, der].map(readPublicKey);

    expect(new Set(read.map((key) => key?.fingerprint)).size).to.equal(1);
    expect(read[0]).to.deep.include({ keyType: 'rsa', openssh: line });
    expect(read[0]?.fingerprint).to.match(/^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  });

  for (const [key, fingerprint] of known) {
    it(`gives the usual fingerprint of ${key.split(' ')[0]}`, () => {
      expect(readPublicKey(key)?.fingerprint).to.equal(fingerprint);
    });
  }

  for (const [name, material] of [
    ['nothing', ''],
    ['words', 'what is this'],
    ['a line that is cut off', line.slice(0, 100)],
    ['a key of another curve', exported('ec')],
    ['a key that is too short', exported('rsa')],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(readPublicKey(material)).to.equal(undefined);
    });
  }

  function exported(type: 'ec' | 'rsa'): string {
    const pair =
      type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 1536 });
    return pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }
});

describe('generateKey', () => {
  it('makes an RSA key whose halves fit', () => {
    const { privateKeyPem, openssh, fingerprint } = generateKey('rsa', systemRandom);
    const publicPem = createPublicKey(createPrivateKey(privateKeyPem)).export({
      type: 'spki',
      format: 'pem',
    });

    expect(privateKeyPem).to.match(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(readPublicKey(publicPem.toString())?.openssh).to.equal(openssh);
    expect(fingerprint).to.match(/^(?:[0-9a-f]{2}:){19}[0-9a-f]{2}$/);
  });

  it('makes an Ed25519 key in the format of OpenSSH', () => {
    const { privateKeyPem, openssh } = generateKey('ed25519', systemRandom);
    const lines = privateKeyPem.split('\n');
    const file = Buffer.from(lines.slice(1, -1).join(''), 'base64');
    const blob = Buffer.from(openssh.split(' ')[1] ?? '', 'base64');

    expect(lines[0]).to.equal('-----BEGIN OPENSSH PRIVATE KEY-----');
    expect(file.toString('latin1', 0, 15)).to.equal('openssh-key-v1\0');
    expect(file.includes(blob)).to.equal(true);
    expect(readPublicKey(openssh)?.openssh).to.equal(openssh);
  });
});
