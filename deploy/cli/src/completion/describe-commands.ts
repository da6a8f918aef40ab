// What a shell has to know to complete this program's commands, read from the tree of commander. Pure.
import type { Argument, Command, Option } from 'commander';

export interface CompletedCommand {
  /** The words after the program's name: `resources list`. Empty for the program itself. */
  readonly path: string;
  readonly subcommands: readonly Named[];
  readonly options: readonly CompletedOption[];
  /** Of each positional argument what it may be, nothing where that is not known. The last one repeats if `repeats`. */
  readonly positionals: readonly (readonly string[])[];
  readonly repeats: boolean;
}

export interface Named {
  readonly name: string;
  readonly description: string;
}

export interface CompletedOption extends Named {
  /** `--json`, and the short one where there is one. */
  readonly flags: readonly string[];
  readonly takes: 'nothing' | 'text' | 'file';
  readonly choices: readonly string[];
}

/** Every command, each before its subcommands. */
export function describeCommands(command: Command, path: readonly string[] = []): CompletedCommand[] {
  const { registeredArguments } = command;
  const here: CompletedCommand = {
    path: path.join(' '),
    subcommands: command.commands.map((sub) => ({ name: sub.name(), description: sub.description() })),
    options: [...command.options.map(describeOption), help],
    positionals: registeredArguments.map(({ argChoices = [] }: Argument) => argChoices),
    repeats: registeredArguments.at(-1)?.variadic ?? false,
  };
  return [here, ...command.commands.flatMap((sub) => describeCommands(sub, [...path, sub.name()]))];
}

const help: CompletedOption = {
  name: '--help',
  description: 'show how it is used',
  flags: ['--help', '-h'],
  takes: 'nothing',
  choices: [],
};

function describeOption(option: Option): CompletedOption {
  const { long, short, description, argChoices = [], flags } = option;
  const names = [long, short].filter((flag) => flag !== undefined);
  const takesValue = option.required || option.optional;
  return {
    name: names[0] ?? flags,
    description,
    flags: names,
    takes: !takesValue ? 'nothing' : /<[^>]*file[^>]*>/.test(flags) ? 'file' : 'text',
    choices: argChoices,
  };
}
