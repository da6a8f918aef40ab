/**
 * The address of the broker as subscribers are told it. Without one of its own it is that of the gateway, without user,
 * password and what concerns the gateway's connection alone.
 */
export function brokerUrlForClients({
  publicUrl,
  amqpUrl,
}: {
  readonly publicUrl: string | undefined;
  readonly amqpUrl: string;
}): string {
  if (publicUrl !== undefined) return publicUrl;
  const url = new URL(amqpUrl);
  url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}
