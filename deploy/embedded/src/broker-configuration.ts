// The broker's configuration as Erlang terms: what differs from RabbitMQ's defaults, and why. Not as rabbitmq.conf: reading
// that makes RabbitMQ translate the schema of every plugin on the disk, which costs a quarter of its boot time. The same
// for a broker of the operator's is deploy/rabbitmq/rabbitmq.conf.
import type { BrokerCertificate } from './broker-certificate.ts';
import type { BrokerSettings } from './server-settings.ts';

export const brokerUserName = 'gateway';

/** In the order of RabbitMQ's file `enabled_plugins`. */
export const brokerPlugins = [
  'rabbitmq_management',
  'rabbitmq_auth_backend_cache',
  'rabbitmq_auth_backend_http',
];

export function brokerConfiguration(
  { password, ports }: BrokerSettings,
  { certificateFile, keyFile }: BrokerCertificate,
): string {
  const path = (name: string) => `"http://127.0.0.1:${ports.auth}/broker/${name}"`;
  return `[
  {rabbit, [
    {tcp_listeners, [{"127.0.0.1", ${ports.amqp}}]},
    {ssl_listeners, [{"127.0.0.1", ${ports.amqps}}]},
    {ssl_options, [
      {certfile, ${erlangString(certificateFile)}},
      {keyfile, ${erlangString(keyFile)}},
      {versions, ['tlsv1.3', 'tlsv1.2']},
      {verify, verify_none}
    ]},

    %% Made at the first start over an empty folder.
    {default_user, <<"${brokerUserName}">>},
    {default_pass, <<"${password}">>},

    %% The gateway's own user is the broker's; everybody else is known to the credentials service. Log-ins are asked for
    %% each time, or a revoked token would get in for as long as the cache remembers it; what a user may do is remembered.
    {auth_backends, [
      rabbit_auth_backend_internal,
      {rabbit_auth_backend_http, [rabbit_auth_backend_cache]}
    ]},

    %% Below this much free disk publishers are blocked without a word: late enough for a laptop.
    {disk_free_limit, 50000000}
  ]},

  {rabbitmq_auth_backend_cache, [
    {cached_backend, rabbit_auth_backend_http},
    {cache_ttl, 5000}
  ]},
  {rabbitmq_auth_backend_http, [
    {http_method, post},
    {user_path, ${path('user')}},
    {vhost_path, ${path('vhost')}},
    {resource_path, ${path('resource')}},
    {topic_path, ${path('topic')}},
    %% RabbitMQ's own default is to wait for ever.
    {request_timeout, 5000},
    {connection_timeout, 2000}
  ]},

  %% A write-ahead log of 64 MiB instead of 512 MiB: less disk and memory for quorum queues.
  {ra, [{wal_max_size_bytes, 67108864}]},

  {rabbitmq_management, [{tcp_config, [{ip, "127.0.0.1"}, {port, ${ports.management}}]}]}
].
`;
}

// Erlang reads the file as UTF-8: the folder may have any letters.
function erlangString(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
