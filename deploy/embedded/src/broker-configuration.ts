// The broker's configuration as Erlang terms: what differs from RabbitMQ's defaults, and why. Not as rabbitmq.conf: reading
// that makes RabbitMQ translate the schema of every plugin on the disk, which costs a quarter of its boot time.
import type { BrokerSettings } from './server-settings.ts';

export const brokerUserName = 'gateway';

export function brokerConfiguration({ password, ports }: BrokerSettings): string {
  return `[
  {rabbit, [
    {tcp_listeners, [{"127.0.0.1", ${ports.amqp}}]},

    %% Made at the first start over an empty folder.
    {default_user, <<"${brokerUserName}">>},
    {default_pass, <<"${password}">>},

    %% Below this much free disk publishers are blocked without a word: late enough for a laptop.
    {disk_free_limit, 50000000}
  ]},

  %% A write-ahead log of 64 MiB instead of 512 MiB: less disk and memory for quorum queues.
  {ra, [{wal_max_size_bytes, 67108864}]},

  {rabbitmq_management, [{tcp_config, [{ip, "127.0.0.1"}, {port, ${ports.management}}]}]}
].
`;
}
