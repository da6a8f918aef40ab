import type { Door } from './door.ts';

/** The door of the edge. */
export function openHttpDoor({ edgeUrl }: { readonly edgeUrl: string }): Promise<Door> {
  return Promise.resolve({
    name: 'HTTP',
    async send({ method, path, query, headers = {}, body }) {
      const response = await fetch(`${edgeUrl}${path}${query ? `?${query}` : ''}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    },
    close: () => Promise.resolve(),
  });
}

const answerTimeoutMs = 40_000;
