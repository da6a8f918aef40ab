/** Says why the private servers cannot run. The message is for a person: what failed, the log's last lines, what to do. */
export class EmbeddedServersError extends Error {
  override readonly name = 'EmbeddedServersError';
}
