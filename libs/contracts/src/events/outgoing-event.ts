/** An event on its way to `gateway.events`: what the outbox keeps, and what the relay publishes. */
export interface OutgoingEvent {
  /** Equal whenever the event is delivered, so that a subscriber can drop repetitions. */
  readonly id: string;
  readonly routingKey: string;
  /** CloudEvents 1.0 attributes: type, source, subject, time. */
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  /** JSON text of the payload. */
  readonly payload: string;
}
