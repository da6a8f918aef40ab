import type { CompletedCommand } from './describe-commands.ts';
import { valuedOptions } from './valued-options.ts';

/** For `cloud-gateway completion fish | source`, or a file in ~/.config/fish/completions. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  return `# fish completion of cloud-gateway, made by \`cloud-gateway completion fish\`
# Prints the command that the words before the cursor lead to, and how many positional arguments it has already.
function __cloud_gateway_place
  set -l words (commandline -opc)
  set -l at ''
  set -l position 0
  set -l value ''
  for word in $words[2..-1]
    if test -n "$value"
      set value ''
      continue
    end
    switch "$at:$word"
${steps(commands)}
      case '*:-*'
      case '*'
        set position (math $position + 1)
    end
  end
  echo "$at:$position"
end
function __cloud_gateway_in
  string match -q -- "$argv[1]:*" (__cloud_gateway_place)
end
function __cloud_gateway_at
  string match -q -- "$argv[1]" (__cloud_gateway_place)
end
complete -c cloud-gateway -f
${commands.flatMap(rules).join('\n')}`;
}

function steps(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap((command) => {
      const { path, subcommands } = command;
      const valued = valuedOptions(command).map(({ flag }) => `'${path}:${flag}'`);
      return [
        ...(valued.length > 0 ? [`      case ${valued.join(' ')}`, '        set value 1'] : []),
        ...subcommands.flatMap(({ name }) => [
          `      case '${path}:${name}'`,
          `        set at '${`${path} ${name}`.trim()}'`,
        ]),
      ];
    })
    .join('\n');
}

function rules({ path, subcommands, options, positionals, repeats }: CompletedCommand): string[] {
  const complete = (condition: string, rest: string) =>
    `complete -c cloud-gateway -n ${quoted(condition)} ${rest}`;
  return [
    ...subcommands.map(({ name, description }) =>
      complete(`__cloud_gateway_at '${path}:0'`, `-a ${name} -d ${quoted(description)}`),
    ),
    ...options.map(({ flags, description, takes, choices }) =>
      complete(
        `__cloud_gateway_in '${path}'`,
        [
          ...flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
          ...(takes === 'nothing' ? [] : [takes === 'file' ? '-r -F' : '-x']),
          ...(choices.length > 0 ? [`-a ${quoted(choices.join(' '))}`] : []),
          `-d ${quoted(description)}`,
        ].join(' '),
      ),
    ),
    ...positionals.flatMap((choices, index) => {
      const position = repeats && index === positionals.length - 1 ? '*' : index;
      return choices.length > 0
        ? [complete(`__cloud_gateway_at '${path}:${position}'`, `-a ${quoted(choices.join(' '))}`)]
        : [];
    }),
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
