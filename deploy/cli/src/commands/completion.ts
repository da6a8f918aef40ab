import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bash-script.ts';
import { type CompletedCommand, describeCommands } from '../completion/describe-commands.ts';
import { fishScript } from '../completion/fish-script.ts';
import { zshScript } from '../completion/zsh-script.ts';

export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print what makes a shell complete this command')
    .addArgument(new Argument('<shell>', 'which one').choices(shells))
    .addHelpText(
      'after',
      `
bash:  source <(cloud-gateway completion bash)                  in ~/.bashrc
zsh:   source <(cloud-gateway completion zsh)                   in ~/.zshrc, after compinit
fish:  cloud-gateway completion fish | source                   in ~/.config/fish/config.fish`,
    )
    .action((shell: Shell) => {
      process.stdout.write(`${scripts[shell](describeCommands(program))}\n`);
    });
}

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const scripts: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
