// The last words of the demo: where everything is, and three commands that work when they are pasted.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { readEnvironment } from '@cloud-gateway/runtime';
import type { Teller } from './create-teller.ts';

export interface Farewell {
  readonly tell: Teller;
  readonly edgeUrl: string;
  readonly proxyUrl: string;
  readonly adminUrl: string;
  readonly logFile: string;
  readonly token: string;
  readonly account: string;
  readonly imageId: string;
}

export function sayFarewell(farewell: Farewell): void {
  const { tell, edgeUrl, proxyUrl, adminUrl, logFile, token, account, imageId } = farewell;
  const instances = `${edgeUrl}/v1/clouds/ec2/accounts/${account}/instances`;
  const launch = { region: 'us-east-1', imageId, instanceType: 't3.micro', name: 'mine' };
  const command = isOnPath('curl') ? curlCommand : nodeCommand;
  for (const line of [
    'The gateway goes on running. Ctrl-C stops it.',
    '',
    `API    ${edgeUrl}`,
    `docs   ${edgeUrl}/docs`,
    `proxy  ${proxyUrl}`,
    `admin  ${adminUrl}/readyz`,
    `log    ${path.resolve(logFile)}`,
    '',
    'In another terminal, with this token:',
    '',
    `export TOKEN=${token}`,
    '',
    'Three commands to try. Launch an instance of your own:',
    '',
    command(instances, launch),
    '',
    'Read its state, as the poller keeps it up to date:',
    '',
    command(`${instances}?name=mine`),
    '',
    'Launch from an image that is not there, and see how an error reads:',
    '',
    command(instances, { ...launch, imageId: 'ami-0123456789abcdef0' }),
  ]) {
    tell.line(line);
  }
}

function curlCommand(url: string, body?: object): string {
  const send = body ? ` -H 'content-type: application/json' -d '${JSON.stringify(body)}'` : '';
  return `curl -sS -w '\\n' -H "authorization: Bearer $TOKEN"${send} '${url}'`;
}

/** For a machine without curl: Node is there, since this runs. */
function nodeCommand(url: string, body?: object): string {
  const headers = 'headers:{authorization:"Bearer "+process.env.TOKEN,"content-type":"application/json"}';
  const send = body ? `,method:"POST",body:JSON.stringify(${JSON.stringify(body)})` : '';
  return `node -e 'fetch("${url}",{${headers}${send}}).then(r=>r.text()).then(console.log)'`;
}

function isOnPath(program: string): boolean {
  const folders = (readEnvironment()['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
