import { errorCodes } from '@cloud-gateway/contracts';
import { generatedFrom } from './generated-from.ts';
import { markdownTable } from './markdown-table.ts';

export function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(([code, { status, title, retryable, remedy }]) => [
    `\`${code}\``,
    String(status),
    title,
    retryable ? 'yes' : 'no',
    remedy,
  ]);
  return `${generatedFrom('libs/contracts/src/errors/error-codes.ts')}

# Errors

Every error, over HTTP and over AMQP, is a problem document (RFC 9457) with one of these codes. Who is at fault is visible in the status: 4xx the caller, 501 this cloud cannot, 502 the cloud failed, 504 no answer came in time, 500 the gateway itself.

${markdownTable(['code', 'status', 'what it means', 'worth repeating', 'what to do'], rows)}
`;
}
