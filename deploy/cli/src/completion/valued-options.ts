import type { CompletedCommand, CompletedOption } from './describe-commands.ts';

/** Every flag of a command after which a value comes. */
export function valuedOptions({
  options,
}: CompletedCommand): { readonly flag: string; readonly option: CompletedOption }[] {
  return options
    .filter(({ takes }) => takes !== 'nothing')
    .flatMap((option) => option.flags.map((flag) => ({ flag, option })));
}
