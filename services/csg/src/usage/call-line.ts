// The line of a call in the access log: flat, with dotted keys. Neither the query (a presigned one holds a signature), nor
// any header, nor anything of a body is in it.
import type { RecordedCall } from './recorded-call.ts';

/** Gives one line of JSON, without its line feed. Put together by hand: that takes a third of JSON.stringify's time. */
export function callLine(call: RecordedCall): string {
  return (
    `{"time":"${call.at.toISOString()}","level":"info","service":"csg","message":"call"` +
    `,"call.id":${json(call.id)}` +
    `,"client.address":${json(call.clientAddress)}` +
    `,"organization.id":${json(call.organizationId)}` +
    `,"environment.id":${json(call.environmentId)}` +
    `,"user.id":${json(call.userId)}` +
    `,"access.request.id":${json(call.accessRequestId)}` +
    `,"access.key.id":${json(call.accessKeyId)}` +
    `,"cloud.service":${json(call.service)}` +
    `,"cloud.region":${json(call.region)}` +
    `,"cloud.action":${json(call.action)}` +
    `,"cloud.request.id":${json(call.cloudRequestId)}` +
    `,"http.method":${json(call.method)}` +
    `,"http.host":${json(call.host)}` +
    `,"http.path":${json(pathOf(call.target))}` +
    `,"http.status":${call.status}` +
    `,"outcome":"${call.outcome}"` +
    `,"refusal":${json(call.refusal)}` +
    `,"bytes.in":${call.bytesIn}` +
    `,"bytes.out":${call.bytesOut}` +
    `,"duration.ms":${call.durationMs}}`
  );
}

/** The same for logstash's codec `json_lines`. */
export function logstashLine(line: string, call: RecordedCall): string {
  return `{"@timestamp":"${call.at.toISOString()}","@version":"1","tags":["csg","call"],${line.slice(1)}`;
}

const pathCharactersMax = 1024;

function pathOf(target: string): string {
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  return path.length > pathCharactersMax ? path.slice(0, pathCharactersMax) : path;
}

// Nearly every text is printable ASCII without a quote, and needs no more than two of them around it.
function json(text: string | null): string {
  if (text === null) return 'null';
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

const plain = /^[ !#-[\]-~]*$/;
