import type { ConfigRow } from '@cloud-gateway/runtime';
import { allSettings } from '../gateway/all-settings.ts';
import { generatedFrom } from './generated-from.ts';
import { markdownTable } from './markdown-table.ts';

export function configPage(): string {
  const rows = allSettings().map((row) => [
    `\`${row.name}\``,
    row.description,
    usually(row),
    `${row.expected}${row.secret ? '; secret' : ''}`,
  ]);
  return `${generatedFrom("the services' config.ts")}

# Settings

Configuration is the environment, read once at the start; a wrong value stops the start with one line that names it. An empty variable counts as not set. A relative path counts from the working folder. \`npx cloud-gateway config\` prints the same list.

${markdownTable(['setting', 'meaning', 'default', 'value'], rows)}

The simulator has settings of its own: [services/simulator](../services/simulator).
`;
}

function usually({ default: usual, required }: ConfigRow): string {
  if (usual !== undefined) return `\`${usual}\``;
  return required ? 'must be set' : '';
}
