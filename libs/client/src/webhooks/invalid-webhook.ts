/** What was posted is not from the gateway, or not from now, or not an event: answer it with 400 and forget it. */
export class InvalidWebhook extends Error {
  override readonly name = 'InvalidWebhook';
  readonly reason: 'headers' | 'timestamp' | 'signature' | 'payload';

  constructor(reason: InvalidWebhook['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
