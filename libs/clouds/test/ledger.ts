// A small EC2 that keeps what it was asked to make, with the request's tag, so that a test can count it. It loses answers
// when told to. What it makes it shows by the Describe call of that type only.
import type { ServerResponse } from 'node:http';
import { filtersOf } from './ec2-answers.ts';
import { ec2Answer, ec2Refusal, type FakeAwsServer } from './fake-aws-server.ts';

/** How EC2 makes and shows one type. */
export interface Maker {
  readonly action: string;
  readonly describe: string;
  /** EC2's name of the list in the answer to `describe`. */
  readonly set: string;
  readonly item: (id: string, tags: string) => string;
  readonly answer: (id: string, tags: string) => string;
}

type Loss =
  /** It is made, and the answer is lost. */
  | 'after'
  /** It is lost before anything is made. */
  | 'before';

export interface Ledger {
  /** Ids of what there is. */
  readonly made: Map<string, string>;
  /** How often something was asked to be made. */
  readonly sent: () => number;
  /** The losses of the next calls that make something, the next one first. */
  readonly losses: Loss[];
  /** False: what was made is not shown yet. */
  isShown: boolean;
}

export function keepLedger(aws: FakeAwsServer, maker: Maker): Ledger {
  const made = new Map<string, string>();
  const byToken = new Map<string, string>();
  const ledger: Ledger = {
    made,
    losses: [],
    isShown: true,
    sent: () => aws.calls.filter((call) => call.get('Action') === maker.action && !call.has('DryRun')).length,
  };

  function make(call: URLSearchParams, response: ServerResponse): void {
    if (call.get('DryRun') === 'true') {
      response.writeHead(412).end(ec2Refusal('DryRunOperation', 'It would have worked.'));
      return;
    }
    const loss = ledger.losses.shift();
    if (loss === 'before') {
      response.socket?.destroy();
      return;
    }
    const token = call.get('ClientToken');
    const id = (token !== null && byToken.get(token)) || `id-${made.size + byToken.size + 1}`;
    if (token !== null) byToken.set(token, id);
    made.set(id, requestTagOf(call));
    if (loss === 'after') response.socket?.destroy();
    else response.end(ec2Answer(maker.action, maker.answer(id, tagsXml(made.get(id) ?? ''))));
  }

  function describe(call: URLSearchParams, response: ServerResponse): void {
    const wanted = filtersOf(call)['tag:cloud-gateway:request'];
    const items = [...made]
      .filter(([, tag]) => ledger.isShown && (wanted === undefined || wanted.includes(tag)))
      .map(([id, tag]) => maker.item(id, tagsXml(tag)));
    response.end(ec2Answer(maker.describe, `<${maker.set}>${items.join('')}</${maker.set}>`));
  }

  aws.answer = (call, response) => {
    const action = call.get('Action');
    if (action === maker.action) make(call, response);
    else if (action === maker.describe) describe(call, response);
    else if (action === 'DeleteKeyPair') {
      made.delete(call.get('KeyPairId') ?? '');
      response.end(ec2Answer(action, '<return>true</return>'));
    } else response.end(ec2Answer(action ?? '', ''));
  };
  return ledger;
}

function requestTagOf(call: URLSearchParams): string {
  const [name] =
    [...call].find(([key, value]) => key.endsWith('.Key') && value === 'cloud-gateway:request') ?? [];
  return name === undefined ? '' : (call.get(name.replace(/\.Key$/, '.Value')) ?? '');
}

function tagsXml(tag: string): string {
  return `<tagSet><item><key>cloud-gateway:request</key><value>${tag}</value></item></tagSet>`;
}
