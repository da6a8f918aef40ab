import { allRoutes, type Route } from '@cloud-gateway/contracts';
import { generatedFrom } from './generated-from.ts';
import { markdownTable } from './markdown-table.ts';

export function routesPage(): string {
  const tags = [...new Set(allRoutes.map(({ tag }) => tag))];
  return `${generatedFrom('libs/contracts/src/routes')}

# Routes

Each can be asked over HTTP and [over AMQP](amqp-api.md). Schemas and examples: \`GET /v1/openapi.json\`, or the page \`/docs\` of a running gateway. Any of them may answer with a problem: [errors](errors.md).

${tags
  .map((tag) =>
    section(
      tag,
      allRoutes.filter((route) => route.tag === tag),
    ),
  )
  .join('\n\n')}
`;
}

function section(tag: string, routes: readonly Route[]): string {
  const rows = routes.map((route) => [
    route.method,
    `\`${route.path}\``,
    route.summary,
    permissionOf(route),
    statusesOf(route),
  ]);
  return `## ${tag}\n\n${markdownTable(['method', 'path', 'what', 'permission', 'answer'], rows)}`;
}

function statusesOf({ answer }: Route): string {
  return [String(answer.status), ...Object.keys(answer.others ?? {})].join(', ');
}

function permissionOf({ auth, permission }: Route): string {
  if (permission) return `\`${permission}\``;
  return auth === 'token' ? 'any token' : 'none';
}
