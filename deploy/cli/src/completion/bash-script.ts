import type { CompletedCommand } from './describe-commands.ts';
import { valuedOptions } from './valued-options.ts';

/** For `source <(cloud-gateway completion bash)`. Works with the bash 3.2 of macOS too. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  return `# bash completion of cloud-gateway, made by \`cloud-gateway completion bash\`
_cloud_gateway() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="" path="" word="" value="" position=0 i words=""
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    previous="$word"
    if [[ -n "$value" ]]; then value=""; continue; fi
    case "$path:$word" in
${steps(commands)}
      *:-*) ;;
      *) position=$((position + 1)) ;;
    esac
  done
  COMPREPLY=()
  if [[ -n "$value" ]]; then
    case "$path:$previous" in
${values(commands)}
    esac
  elif [[ "$current" == -* ]]; then
    case "$path" in
${commands.map(({ path, options }) => `      '${path}') words="${options.flatMap(({ flags }) => flags).join(' ')}" ;;`).join('\n')}
    esac
  else
    case "$path:$position" in
${places(commands)}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _cloud_gateway cloud-gateway`;
}

/** How the words before the cursor lead to a command, and which of them want a value. */
function steps(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap((command) => {
      const { path, subcommands } = command;
      const valued = valuedOptions(command).map(({ flag }) => `'${path}:${flag}'`);
      return [
        ...(valued.length > 0 ? [`      ${valued.join('|')}) value=1 ;;`] : []),
        ...subcommands.map(({ name }) => `      '${path}:${name}') path='${`${path} ${name}`.trim()}' ;;`),
      ];
    })
    .join('\n');
}

function values(commands: readonly CompletedCommand[]): string {
  const cases = commands.flatMap((command) =>
    valuedOptions(command).flatMap(({ flag, option: { takes, choices } }) => {
      const which = `      '${command.path}:${flag}')`;
      if (takes === 'file') return [`${which} COMPREPLY=($(compgen -f -- "$current")); return ;;`];
      return choices.length > 0 ? [`${which} words="${choices.join(' ')}" ;;`] : [];
    }),
  );
  return [...cases, '      *) ;;'].join('\n');
}

function places(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ path, subcommands, positionals, repeats }) => [
      ...(subcommands.length > 0
        ? [`      '${path}:0') words="${subcommands.map(({ name }) => name).join(' ')}" ;;`]
        : []),
      ...positionals.flatMap((choices, index) => {
        const position = repeats && index === positionals.length - 1 ? '*' : index;
        return choices.length > 0 ? [`      '${path}:'${position}) words="${choices.join(' ')}" ;;`] : [];
      }),
    ])
    .join('\n');
}
