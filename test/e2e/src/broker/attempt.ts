import type { ChannelModel, ConfirmChannel } from 'amqplib';

/** Tries something on a channel of its own, to the last confirm: `done`, or what the broker said when it refused. */
export async function attempt(
  model: ChannelModel,
  act: (channel: ConfirmChannel) => Promise<unknown> | unknown,
): Promise<string> {
  const channel = await model.createConfirmChannel();
  const refusal = new Promise<string>((resolve) => {
    channel.once('error', (err: Error) => resolve(err.message));
  });
  const doing = (async () => {
    await act(channel);
    await channel.waitForConfirms();
    await channel.close();
    return 'done';
  })();
  // When the broker closes the channel, what waited on it fails too, with less to say.
  return Promise.race([refusal, doing.catch(() => refusal)]);
}
