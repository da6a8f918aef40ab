// What the tests ask the servers. This package has no dependencies, so: MariaDB's own client, and RabbitMQ's HTTP API.
import { runProgram } from '../src/run-program.ts';

/** Runs SQL and returns the rows as text, columns separated by tabs. */
export async function sql(databaseUrl: string, statement: string): Promise<string> {
  const { username, password, port, pathname } = new URL(databaseUrl);
  const { status, output } = await runProgram({
    file: '/usr/bin/mariadb',
    args: [
      '--no-defaults',
      '-h127.0.0.1',
      `-P${port}`,
      `-u${username}`,
      '-N',
      '-e',
      statement,
      pathname.slice(1),
    ],
    env: { MYSQL_PWD: password },
    deadlineMs: 10_000,
  });
  if (status !== 0) throw new Error(output);
  return output.trim();
}

/** Asks RabbitMQ's HTTP API; the answer's JSON, or undefined when it has none. */
export async function management(
  managementUrl: string,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const { origin, username, password } = new URL(managementUrl);
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${username}:${password}`)}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}
