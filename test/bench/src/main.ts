// npm run bench -- rpc [options]. The processes that are measured are started from this file too, as `peer <name>`.
switch (process.argv[2]) {
  case 'rpc': {
    const { rpcCommand } = await import('./rpc/rpc-command.ts');
    process.exitCode = await rpcCommand(process.argv.slice(3));
    break;
  }
  case 'peer': {
    const { servePeer } = await import('./processes/serve-peer.ts');
    servePeer(process.argv[3] ?? '');
    break;
  }
  default:
    process.stderr.write('usage: npm run bench -- rpc [options]     (rpc --help lists them)\n');
    process.exitCode = 64;
}
