import { allPermissions, defaultClientPermissions, type Permission } from '@cloud-gateway/contracts';
import { type Command, Option } from 'commander';
import { withStore } from '../gateway/with-store.ts';
import { createOutput } from '../output/output.ts';

interface CreateOptions {
  readonly name: string;
  readonly organization: string;
  readonly permission?: readonly Permission[];
  readonly administrator?: boolean;
  readonly json?: boolean;
}

export function addClientCommands(program: Command): void {
  const client = program.command('client').description('API clients');
  client
    .command('create')
    .description('create an API client and show its secret once; needs access to the database, not a token')
    .requiredOption('--name <name>', 'what it is for')
    .option('--organization <name>', 'name of its organization, created when there is none', 'default')
    .addOption(
      new Option(
        '--permission <permission...>',
        `what it may do; without: ${defaultClientPermissions.join(', ')}`,
      )
        .choices(allPermissions)
        .conflicts('administrator'),
    )
    .option('--administrator', 'all permissions')
    .option('--json', 'one JSON object')
    .action(runCreate);
}

async function runCreate(options: CreateOptions): Promise<void> {
  const { name, organization, permission, administrator } = options;
  // Loaded when it is wanted: it comes with the clouds' SDKs, for which no other command should wait.
  const { createClient } = await import('../gateway/create-client.ts');
  const output = createOutput(options);
  const permissions = administrator ? allPermissions : (permission ?? defaultClientPermissions);
  const made = await withStore(output.progress, async (store) => {
    await store.migrate();
    return createClient(store, { name, organizationName: organization, permissions });
  });
  output.result(
    { ...made },
    [
      'The secret is shown only now; keep it:',
      `  client id      ${made.clientId}`,
      `  client secret  ${made.clientSecret}`,
    ].join('\n'),
  );
}
