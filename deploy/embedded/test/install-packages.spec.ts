import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { installPackages } from '../src/install-packages.ts';

// With an apt-get of our own in front on the PATH: nothing is really installed.
describe('installPackages', () => {
  const { PATH: realPath } = process.env;
  let folder: string;
  before(function () {
    // Where there is no policy-rc.d the script writes one: not for a test's sake.
    if (!existsSync('/usr/sbin/policy-rc.d')) this.skip();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apt-'));
    process.env['PATH'] = `${folder}:${realPath}`;
  });
  afterEach(() => {
    process.env['PATH'] = realPath;
    rmSync(folder, { recursive: true });
  });
  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

  it('installs without an update when the package lists are good', async () => {
    fakeAptGet('echo "Setting up rabbitmq-server (3.10)"');
    const messages: string[] = [];

    await installPackages(['mariadb-server', 'rabbitmq-server'], { prefix: [] }, (message) =>
      messages.push(message),
    );

    expect(calls()).to.have.length(1);
    expect(calls()[0]).to.match(/^install -y --no-install-recommends .* mariadb-server rabbitmq-server$/);
    expect(messages).to.eql([
      'Installing mariadb-server and rabbitmq-server',
      'Setting up rabbitmq-server (3.10)',
      'Installed',
    ]);
  });

  it('updates the package lists once when the first attempt fails, and quotes apt-get when the second does', async () => {
    fakeAptGet('[ "$1" = update ] || { echo "E: Unable to locate package"; exit 100; }');

    const error = await installPackages(['mariadb-server'], { prefix: [] }, () => {}).catch(String);

    expect(calls().map((call) => call.split(' ')[0])).to.eql(['install', 'update', 'install']);
    expect(error).to.contain(
      'apt-get could not install mariadb-server (status 100):\nE: Unable to locate package',
    );
  });

  function fakeAptGet(script: string): void {
    writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\necho "$@" >> ${folder}/calls\n${script}\n`, {
      mode: 0o755,
    });
  }
});
