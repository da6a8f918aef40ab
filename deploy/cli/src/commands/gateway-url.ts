import { InvalidArgumentError } from 'commander';

/** Checks an option that is the address of a gateway, or of its broker. */
export function gatewayUrl(text: string): string {
  if (URL.canParse(text) && /^(https?|amqps?):$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('It must be a URL such as http://127.0.0.1:8080 or amqp://127.0.0.1:5672.');
}
