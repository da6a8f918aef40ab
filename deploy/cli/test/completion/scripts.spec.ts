// The scripts, run by the shells that they are for. zsh and fish are asked where they are installed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { bashScript } from '../../src/completion/bash-script.ts';
import { describeCommands } from '../../src/completion/describe-commands.ts';
import { fishScript } from '../../src/completion/fish-script.ts';
import { zshScript } from '../../src/completion/zsh-script.ts';
import { buildProgram } from '../../src/program.ts';

const commands = describeCommands(buildProgram());

/** What is typed, the cursor at its end, and what has to be offered: all of it, or some of it. */
const cases: readonly { typed: string; offers: readonly string[]; lacks?: readonly string[] }[] = [
  { typed: 'cloud-gateway re', offers: ['refresh', 'resources'], lacks: ['status'] },
  { typed: 'cloud-gateway resources l', offers: ['list', 'launch'] },
  { typed: 'cloud-gateway resources list volume-', offers: ['volume-type', 'volume-snapshot'] },
  { typed: 'cloud-gateway resources list --sta', offers: ['--state'], lacks: ['--sort'] },
  // The value of an option is not taken for a word of the command.
  { typed: 'cloud-gateway resources list --name list ins', offers: ['instance', 'instance-type'] },
  { typed: 'cloud-gateway events --change s', offers: ['state', 'shared', 'stale'], lacks: ['updated'] },
  { typed: 'cloud-gateway start edge po', offers: ['poller'] },
  { typed: 'cloud-gateway completion z', offers: ['zsh'] },
];

describe('completion', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-completion-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function file(name: string, text: string): string {
    const where = path.join(folder, name);
    writeFileSync(where, text);
    return where;
  }

  it('knows every command, its options and what they take', () => {
    const list = commands.find((command) => command.path === 'resources list');
    expect(list?.positionals[0]).to.include('security-group-rule');
    expect(list?.options.find(({ name }) => name === '--state')?.takes).to.equal('text');
    const trace = commands.find((command) => command.path === 'trace');
    expect(trace?.options.find(({ name }) => name === '--log')?.takes).to.equal('file');
    expect(commands.find((command) => command.path === 'start')?.repeats).to.equal(true);
  });

  it('bash: offers what fits', async () => {
    const asks = cases.map(({ typed }) => `ask ${typed}`);
    const script = file(
      'ask.bash',
      [
        bashScript(commands),
        `ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cloud_gateway; echo "\${COMPREPLY[*]}"; }`,
        ...asks,
        `ask cloud-gateway trace x --log ${path.join(folder, 'ask')}`,
      ].join('\n'),
    );
    const { status, stdout, stderr } = await runCommand('bash', ['--norc', script], { env: {} });
    expect(status, stderr).to.equal(0);
    const answers = stdout.split('\n');
    expectOffers(answers.map((line) => line.split(' ')));
    expect(answers[cases.length]).to.equal(script);
  });

  it('zsh: offers what fits', async function () {
    if (!(await isInstalled('zsh'))) this.skip();
    const script = file(
      'ask.zsh',
      [
        'compdef() { :; }',
        'compadd() { :; }',
        `_describe() { print -r -- \${\${(P)2}%%:*}; }`,
        zshScript(commands),
        // What fits what is typed is for zsh to choose.
        'ask() { words=("$@"); CURRENT=$#; _cloud_gateway; }',
        ...cases.map(({ typed }) => `ask ${typed}`),
      ].join('\n'),
    );
    const { status, stdout, stderr } = await runCommand('zsh', ['-f', script], { env: {} });
    expect(status, stderr).to.equal(0);
    const answers = stdout.split('\n').map((line) => line.split(' '));
    for (const [i, { typed, offers }] of cases.entries())
      expect(answers[i], typed).to.include.members([...offers]);
  });

  it('fish: offers what fits', async function () {
    if (!(await isInstalled('fish'))) this.skip();
    const script = file(
      'ask.fish',
      [
        fishScript(commands),
        ...cases.map(({ typed }) => `echo (complete -C '${typed}' | string replace -r '\\t.*' '')`),
      ].join('\n'),
    );
    const env = { HOME: folder };
    const { status, stdout, stderr } = await runCommand('fish', ['--no-config', script], { env });
    expect(status, stderr).to.equal(0);
    expectOffers(stdout.split('\n').map((line) => line.split(' ')));
  });

  function expectOffers(answers: readonly string[][]): void {
    for (const [i, { typed, offers, lacks = [] }] of cases.entries()) {
      expect(answers[i], typed).to.include.members([...offers]);
      for (const other of lacks) expect(answers[i], typed).not.to.include(other);
    }
  }
});

async function isInstalled(shell: string): Promise<boolean> {
  return (await runCommand('which', [shell])).status === 0;
}
