// Where reads may go without the topic exchange. Its matching costs the broker as much again as delivering the message;
// so the first answer from a service names the prefix that it has bound and its queue, and reads under that prefix then go
// straight to the queue. The edge still knows no route: what it has learned it forgets after a moment, and at once when
// the queue is gone; then a request goes through the exchange again.

export interface LearnedRoutes {
  /** The queue for a routing key such as `read.v1.clouds.ec2.accounts`; undefined when it has to go through the exchange. */
  find(routingKey: string): string | undefined;
  /** `prefix` is a bound prefix without its class, for example `v1.clouds.ec2`. */
  learn(prefix: string, queue: string): void;
  forget(queue: string): void;
}

export function createLearnedRoutes(
  options: { readonly lifeMs?: number; readonly now?: () => number } = {},
): LearnedRoutes {
  const { lifeMs = 5_000, now = Date.now } = options;
  let routes: {
    readonly exact: string;
    readonly start: string;
    readonly queue: string;
    readonly endsAtMs: number;
  }[] = [];

  return {
    find(routingKey) {
      // There are as many as services, so a list is quicker than anything clever.
      for (const { exact, start, queue, endsAtMs } of routes) {
        if (routingKey !== exact && !routingKey.startsWith(start)) continue;
        return endsAtMs > now() ? queue : undefined;
      }
      return undefined;
    },
    learn(prefix, queue) {
      const exact = `read.${prefix}`;
      const known = routes.find((route) => route.exact === exact);
      // Answers that were asked for before it was learned all say the same.
      if (known?.queue === queue && known.endsAtMs > now()) return;
      routes = routes.filter((route) => route.exact !== exact);
      routes.push({ exact, start: `${exact}.`, queue, endsAtMs: now() + lifeMs });
    },
    forget(queue) {
      routes = routes.filter((route) => route.queue !== queue);
    },
  };
}
