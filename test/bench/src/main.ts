// npm run bench -- rpc|csg [options]. The processes that are measured are started from this file too, as `peer <name>`
// and `csg-program <name>`.
switch (process.argv[2]) {
  case 'rpc': {
    const { rpcCommand } = await import('./rpc/rpc-command.ts');
    process.exitCode = await rpcCommand(process.argv.slice(3));
    break;
  }
  case 'csg': {
    const { csgCommand } = await import('./csg/csg-command.ts');
    process.exitCode = await csgCommand(process.argv.slice(3));
    break;
  }
  case 'peer': {
    const { servePeer } = await import('./processes/serve-peer.ts');
    servePeer(process.argv[3] ?? '');
    break;
  }
  case 'csg-program': {
    const { runProgram } = await import('./csg/children/programs.ts');
    await runProgram(process.argv[3] ?? '');
    break;
  }
  default:
    process.stderr.write(
      'usage: npm run bench -- rpc|csg [options]     (rpc --help, csg --help list them)\n',
    );
    process.exitCode = 64;
}
