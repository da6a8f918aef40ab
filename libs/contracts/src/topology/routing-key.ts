// The routing key of a request is computed from its method and path alone, so that the edge needs to know no route:
// `read` or `write`, then the path's segments. A service binds the prefixes that it owns, for example `*.v1.tokens.#`.

export type DeliveryClass = 'read' | 'write';

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** RFC 9110 9.2.1: safe methods are reads; everything else, an unknown method too, is a write. */
export function deliveryClassOf(method: string): DeliveryClass {
  return readMethods.has(method) ? 'read' : 'write';
}

/**
 * `GET /v1/clouds/ec2` → `read.v1.clouds.ec2`. A dot inside a segment becomes `%2E`, because dots separate words.
 * AMQP allows 255 bytes: later segments are left out of a longer key, which no prefix binding misses.
 */
export function routingKeyOf(method: string, path: string): string {
  const words = path.replaceAll('.', '%2E').replace(/^\//, '').replaceAll('/', '.');
  const key = `${deliveryClassOf(method)}.${words}`;
  return key.length <= maxKeyLength ? key : key.slice(0, key.lastIndexOf('.', maxKeyLength));
}

// Paths are ASCII (RFC 9112 3.2), so characters are bytes.
const maxKeyLength = 255;
