// npm run bench -- rpc|csg|poll|read|events [options]. The processes that are measured are started from this file too, as
// `peer <name>` and `program <name>`.
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
  case 'poll': {
    const { pollCommand } = await import('./poll/poll-command.ts');
    process.exitCode = await pollCommand(process.argv.slice(3));
    break;
  }
  case 'read': {
    const { readCommand } = await import('./read/read-command.ts');
    process.exitCode = await readCommand(process.argv.slice(3));
    break;
  }
  case 'events': {
    const { eventsCommand } = await import('./events/events-command.ts');
    process.exitCode = await eventsCommand(process.argv.slice(3));
    break;
  }
  case 'peer': {
    const { servePeer } = await import('./processes/serve-peer.ts');
    servePeer(process.argv[3] ?? '');
    break;
  }
  case 'program': {
    const { runProgram } = await import('./children/programs.ts');
    await runProgram(process.argv[3] ?? '');
    break;
  }
  default:
    process.stderr.write(
      'usage: npm run bench -- rpc|csg|poll|read|events [options]     (rpc --help and so on list them)\n',
    );
    process.exitCode = 64;
}
