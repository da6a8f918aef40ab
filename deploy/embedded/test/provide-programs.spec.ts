import { expect } from 'chai';
import type { ServerName } from '../src/progress.ts';
import { type ProgramSources, providePrograms } from '../src/provide-programs.ts';

const everything = ['mariadbd', 'mariadb-install-db', 'erl', 'epmd', 'rabbitmq-server'];
const both: ServerName[] = ['mariadb', 'rabbitmq'];
const report = () => {};

describe('providePrograms', () => {
  it('finds what is installed and installs nothing', async () => {
    const machine = machineWith(everything);

    const programs = await providePrograms({ wanted: both, installMissing: true, report }, machine.sources);

    expect(programs.mariadb).to.eql({ server: '/bin/mariadbd', installer: '/bin/mariadb-install-db' });
    expect(programs.rabbitmq).to.eql({ server: '/bin/rabbitmq-server', epmd: '/bin/epmd' });
    expect(machine.installed).to.eql([]);
  });

  it('installs the packages that are missing, and only those', async () => {
    const machine = machineWith(['mariadbd', 'mariadb-install-db'], { mayInstall: true });

    await providePrograms({ wanted: both, installMissing: true, report }, machine.sources);

    expect(machine.installed).to.eql(['rabbitmq-server']);
  });

  it('does not miss a server that nobody wants', async () => {
    const machine = machineWith(['mariadbd', 'mariadb-install-db']);

    await providePrograms({ wanted: ['mariadb'], installMissing: true, report }, machine.sources);

    expect(machine.installed).to.eql([]);
  });

  const refusals = [
    { when: 'it may not install', installMissing: true, mayInstall: false },
    { when: 'it was told not to install', installMissing: false, mayInstall: true },
  ];
  for (const { when, installMissing, mayInstall } of refusals) {
    it(`names the command to run when ${when}`, async () => {
      const machine = machineWith([], { mayInstall });

      const error = await providePrograms({ wanted: both, installMissing, report }, machine.sources).catch(
        String,
      );

      expect(error).to.match(
        /MariaDB and RabbitMQ are not installed.*\n {2}.*apt-get install -y --no-install-recommends mariadb-server rabbitmq-server$/,
      );
      expect(machine.installed).to.eql([]);
    });
  }
});

function machineWith(names: string[], { mayInstall = false } = {}) {
  const present = new Set(names);
  const installed: string[] = [];
  const sources: ProgramSources = {
    find: (name) => (present.has(name) ? `/bin/${name}` : undefined),
    findBrokerScript: (find) => find('rabbitmq-server'),
    installer: async () => (mayInstall ? { prefix: [] } : undefined),
    install: async (packages) => {
      installed.push(...packages);
      for (const name of everything) present.add(name);
    },
  };
  return { sources, installed };
}
