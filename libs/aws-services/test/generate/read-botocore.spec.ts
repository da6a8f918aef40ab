import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { readBotocore } from '../../src/generate/read-botocore.ts';

describe('readBotocore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'botocore-'));
  after(() => rmSync(folder, { recursive: true }));

  it('reads the newest version of each service, and no folder without one', () => {
    write('partitions.json', { partitions: [{ id: 'aws' }] });
    write('endpoints.json', { partitions: [] });
    for (const version of ['2020-01-01', '2024-01-01', 'notes'])
      mkdirSync(join(folder, 'parts', version), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    for (const version of ['2020-01-01', '2024-01-01']) {
      writeGzipped(`parts/${version}/service-2.json.gz`, { metadata: { apiVersion: version } });
      writeGzipped(`parts/${version}/endpoint-rule-set-1.json.gz`, { version });
    }

    expect(readBotocore(folder)).to.deep.equal({
      partitions: [{ id: 'aws' }],
      endpoints: { partitions: [] },
      services: [
        {
          id: 'parts',
          model: { metadata: { apiVersion: '2024-01-01' } },
          ruleSet: { version: '2024-01-01' },
        },
      ],
    });
  });

  const write = (path: string, value: unknown) => writeFileSync(join(folder, path), JSON.stringify(value));
  const writeGzipped = (path: string, value: unknown) =>
    writeFileSync(join(folder, path), gzipSync(JSON.stringify(value)));
});
