// A tunnel through the upstream proxy: CONNECT (RFC 9110 section 9.3.6).
import type { Socket } from 'node:net';
import type { UpstreamProxy } from '@cloud-gateway/clouds';
import { parseResponseHead } from '../http1/parse-response-head.ts';
import { givenUp } from './await-socket.ts';
import type { StepOptions, TcpAddress } from './open-tcp.ts';
import { UpstreamError } from './upstream-error.ts';

const replyBytesMax = 16 * 1024;

/**
 * Makes a connection to the proxy one to the target. Rejects with UpstreamError, and destroys the socket then. The
 * messages never hold what we authenticate with.
 */
export async function openTunnel(
  socket: Socket,
  {
    proxy,
    target,
    withinMs,
    signal,
  }: StepOptions & { readonly proxy: UpstreamProxy; readonly target: TcpAddress },
): Promise<void> {
  const name = `the upstream proxy ${proxy.host}:${proxy.port}`;
  socket.write(connectRequest(target, proxy.authorization), 'latin1');
  const head = await readReplyHead(socket, { name, withinMs, signal });
  const reply = parseResponseHead(head);
  const error = reply === undefined ? noHttp(name) : refusalOf(name, target, reply.status);
  if (error === undefined) return;
  socket.destroy();
  throw error;
}

function connectRequest({ host, port }: TcpAddress, authorization: string | undefined): string {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const login = authorization === undefined ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${login}\r\n`;
}

function refusalOf(name: string, { host, port }: TcpAddress, status: number): UpstreamError | undefined {
  if (status === 200) return undefined;
  if (status === 407) return new UpstreamError('proxy', `${name} refused our user and password (407)`);
  return new UpstreamError('proxy', `${name} answered ${status} when asked for ${host}:${port}`);
}

function noHttp(name: string): UpstreamError {
  return new UpstreamError('proxy', `${name} answered something that is not HTTP`);
}

function readReplyHead(
  socket: Socket,
  { name, withinMs, signal }: StepOptions & { readonly name: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(
      () => settle(new UpstreamError('timeout', `${name} did not answer within ${withinMs} ms`)),
      withinMs,
    );
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0 && text.length <= replyBytesMax) return;
      // In a tunnel it is ours to speak first; a body of a refusal is not wanted.
      if (end >= 0 && (end + 4 === text.length || !text.startsWith('200', 9))) settle(text.slice(0, end));
      else settle(noHttp(name));
    };
    const onError = (err: NodeJS.ErrnoException): void =>
      settle(new UpstreamError('proxy', `${name} broke off: ${err.code ?? err.message}`, { cause: err }));
    const onClose = (): void =>
      settle(new UpstreamError('proxy', `${name} closed the connection without an answer`));
    const onAbort = (): void => settle(givenUp(name));
    socket.on('data', onData);
    socket.once('error', onError);
    socket.once('end', onClose);
    socket.once('close', onClose);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();

    function settle(outcome: string | UpstreamError): void {
      clearTimeout(timer);
      socket.off('data', onData);
      socket.off('error', onError);
      socket.off('end', onClose);
      socket.off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      if (typeof outcome === 'string') {
        resolve(outcome);
      } else {
        socket.destroy();
        reject(outcome);
      }
    }
  });
}
