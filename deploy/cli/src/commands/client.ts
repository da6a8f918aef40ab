import { allPermissions, defaultClientPermissions, type Permission } from '@cloud-gateway/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { createClient } from '../gateway/create-client.ts';
import { withStore } from '../gateway/with-store.ts';
import { createOutput } from '../output/output.ts';

export function addClientCommands(program: Command): void {
  const client = program.command('client').description('API clients');
  client
    .command('create')
    .description('create an API client and show its secret once; needs access to the database, not a token')
    .requiredOption('--name <name>', 'what it is for')
    .option('--organization <name>', 'name of its organization, created when there is none', 'default')
    .option('--permission <permission...>', `of ${allPermissions.join(', ')}`, collectPermission)
    .option('--administrator', 'all permissions')
    .option('--json', 'one JSON object')
    .action(
      async (options: {
        name: string;
        organization: string;
        permission?: Permission[];
        administrator?: boolean;
        json?: boolean;
      }) => {
        const output = createOutput({
          json: options.json ?? false,
          stdout: process.stdout,
          stderr: process.stderr,
        });
        const permissions = options.administrator
          ? allPermissions
          : (options.permission ?? defaultClientPermissions);
        const made = await withStore(output.progress, async (store) => {
          await store.migrate();
          return createClient(store, {
            name: options.name,
            organizationName: options.organization,
            permissions,
          });
        });
        output.result(
          { ...made },
          `The secret is shown only now; keep it:\n  client id      ${made.clientId}\n  client secret  ${made.clientSecret}`,
        );
      },
    );
}

function collectPermission(value: string, before: Permission[] = []): Permission[] {
  const permission = allPermissions.find((known) => known === value);
  if (!permission)
    throw new InvalidArgumentError(
      `There is no permission "${value}"; there are ${allPermissions.join(', ')}.`,
    );
  return [...before, permission];
}
