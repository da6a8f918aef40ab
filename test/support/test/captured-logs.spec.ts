import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createCapturedLogs } from '../src/captured-logs.ts';

describe('createCapturedLogs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'captured-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('names file and line of a secret, not the secret, also when it is remembered after it was written', () => {
    const captured = createCapturedLogs(() => folder);
    captured.captureLogLine('edge/1', 'started');
    captured.captureLogLine('edge/1', 'the key is top-secret-key');
    captured.captureLogLine('poller', 'nothing to see');
    captured.rememberSecret('top-secret-key');

    expect(captured.search()).to.eql([`${folder}/edge_1.log:2`]);
  });

  it('refuses a secret that any text may hold by chance', () => {
    const captured = createCapturedLogs(() => folder);

    expect(() => captured.rememberSecret('abc')).to.throw('at least 8 characters');
  });
});
