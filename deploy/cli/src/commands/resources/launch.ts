import type { Command } from 'commander';
import { repeated } from '../repeated.ts';
import { addCreateOptions, type CreateOptions, runCreate } from './create.ts';

interface LaunchOptions extends CreateOptions {
  readonly image?: string;
  readonly type?: string;
  readonly datacenter?: string;
  readonly subnet?: string;
  readonly securityGroup?: readonly string[];
  readonly key?: string;
  readonly userData?: string;
}

export function addLaunchCommand(resources: Command): void {
  const command = resources
    .command('launch')
    .description('launch an instance; the same as `create instance`, with options of its own')
    .option('--image <id>', 'the image to start from')
    .option('--type <type>', 'the instance type, for example t3.micro')
    .option('--datacenter <datacenter>', 'where in the region')
    .option('--subnet <id>', 'the subnet that it joins')
    .option('--security-group <id>', 'a security group of it; repeat it for more', repeated)
    .option('--key <name>', 'name of the SSH key that may log in')
    .option('--user-data <text>', 'for its first start');
  addCreateOptions(command).action(runLaunch);
}

async function runLaunch(options: LaunchOptions): Promise<void> {
  if (options.body === undefined && !(options.image && options.type))
    throw new Error('Say what to launch: --image <id> and --type <type>, or everything with --body.');
  const { image, type, datacenter, subnet, securityGroup, key, userData } = options;
  const fields = {
    imageId: image,
    instanceType: type,
    datacenter,
    subnetId: subnet,
    securityGroupIds: securityGroup,
    sshKeyName: key,
    userData,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  await runCreate('instance', options, Object.fromEntries(given));
}
