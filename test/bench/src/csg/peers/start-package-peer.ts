import type { ProgramName } from '../../children/program-name.ts';
import { type Child, startChild } from '../../children/start-child.ts';
import { installPackage, type PackageToInstall } from './install-package.ts';
import type { PackageProgram } from './package-program.ts';
import type { StartPeer } from './peer.ts';

/** These hold large bodies in memory, so they carry none here. */
export function packagePeer(program: ProgramName, wanted: PackageToInstall): StartPeer {
  return async (world) => {
    let mainFile: string;
    try {
      mainFile = await installPackage(wanted, world);
    } catch (err) {
      const why = err instanceof Error ? (err.message.split('\n')[0] ?? '') : String(err);
      return { skipped: `${wanted.name} ${wanted.version} cannot be installed: ${why}` };
    }
    const { cores, profileDirectory, authority, cloudPort, folder } = world;
    const child: Child<PackageProgram> = startChild({ program, core: cores.proxy, profileDirectory });
    try {
      const started = await child.call('start', {
        mainFile,
        folder: `${folder}/${program}`,
        authority: authority.pem,
        authorityFile: authority.certificateFile,
        cloudPort,
      });
      return {
        target: { port: started.port, connectPort: 443, authority: started.authority },
        pid: child.pid,
        signs: false,
        transfers: [],
        stop: child.stop,
      };
    } catch (err) {
      await child.stop();
      throw err;
    }
  };
}
