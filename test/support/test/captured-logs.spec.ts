import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CapturedLogsFolders, createCapturedLogs } from '../src/captured-logs.ts';

describe('createCapturedLogs', () => {
  let folder: string;
  let folders: CapturedLogsFolders;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'captured-'));
    for (const name of ['logs', 'secrets']) mkdirSync(join(folder, name));
    folders = { logs: () => join(folder, 'logs'), secrets: () => join(folder, 'secrets') };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('names file and line of a secret, not the secret, also when it is remembered after it was written', () => {
    const captured = createCapturedLogs(folders);
    captured.captureLogLine('edge/1', 'started');
    captured.captureLogLine('edge/1', 'the key is top-secret-key');
    captured.captureLogLine('poller', 'nothing to see');
    captured.rememberSecret('top-secret-key');

    expect(captured.search()).to.eql([`${folder}/logs/edge_1.log:2`]);
  });

  it('refuses a secret that any text may hold by chance', () => {
    const captured = createCapturedLogs(folders);

    expect(() => captured.rememberSecret('abc')).to.throw('at least 8 characters');
  });
});
