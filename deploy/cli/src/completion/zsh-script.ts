import type { CompletedCommand, Named } from './describe-commands.ts';
import { valuedOptions } from './valued-options.ts';

/** For a file `_cloud-gateway` in a folder of $fpath, or `source <(cloud-gateway completion zsh)` after compinit. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef cloud-gateway
# zsh completion of cloud-gateway, made by \`cloud-gateway completion zsh\`
_cloud_gateway() {
  local at="" word="" value="" previous="" position=0 i
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    previous="$word"
    if [[ -n "$value" ]]; then value=""; continue; fi
    case "$at:$word" in
${steps(commands)}
      (*:-*) ;;
      (*) position=$((position + 1)) ;;
    esac
  done
  if [[ -n "$value" ]]; then
    case "$at:$previous" in
${values(commands)}
      (*) return 1 ;;
    esac
  elif [[ "\${words[CURRENT]}" == -* ]]; then
    case "$at" in
${commands.map(({ path, options }) => `      ('${path}') found=(${named(options)}) ;;`).join('\n')}
    esac
  else
    case "$at:$position" in
${places(commands)}
      (*) return 1 ;;
    esac
  fi
  _describe 'cloud-gateway' found
}
if [[ "\${funcstack[1]}" == _cloud-gateway ]]; then _cloud_gateway "$@"; else compdef _cloud_gateway cloud-gateway; fi`;
}

function steps(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap((command) => {
      const { path, subcommands } = command;
      const valued = valuedOptions(command).map(({ flag }) => `'${path}:${flag}'`);
      return [
        ...(valued.length > 0 ? [`      (${valued.join('|')}) value=1 ;;`] : []),
        ...subcommands.map(({ name }) => `      ('${path}:${name}') at='${`${path} ${name}`.trim()}' ;;`),
      ];
    })
    .join('\n');
}

function values(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap((command) =>
      valuedOptions(command).flatMap(({ flag, option: { takes, choices } }) => {
        const which = `      ('${command.path}:${flag}')`;
        if (takes === 'file') return [`${which} _files; return ;;`];
        return choices.length > 0 ? [`${which} found=(${words(choices)}) ;;`] : [];
      }),
    )
    .join('\n');
}

function places(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ path, subcommands, positionals, repeats }) => [
      ...(subcommands.length > 0 ? [`      ('${path}:0') found=(${named(subcommands)}) ;;`] : []),
      ...positionals.flatMap((choices, index) => {
        const position = repeats && index === positionals.length - 1 ? '*' : index;
        return choices.length > 0 ? [`      ('${path}:'${position}) found=(${words(choices)}) ;;`] : [];
      }),
    ])
    .join('\n');
}

function named(items: readonly Named[]): string {
  return words(items.map(({ name, description }) => `${escaped(name)}:${escaped(description)}`));
}

/** `_describe` parts name and description at the first colon. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
}

function words(items: readonly string[]): string {
  return items.map((item) => `'${item.replaceAll("'", "'\\''")}'`).join(' ');
}
