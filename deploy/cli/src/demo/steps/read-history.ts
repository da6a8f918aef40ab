import type { Instance } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';

export async function readHistory({
  api,
  account,
  instance,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string; instance: Instance }): Promise<void> {
  tell.step('read-history', `Read its history: GET …/instances/${instance.cloudId}/history`);
  const { items } = await api.call('instance-history', {
    params: { cloud: 'ec2', account, id: instance.cloudId },
  });
  for (const { revision, change, state, validFrom, cause, diff } of items.toReversed()) {
    const changed = diff === null ? '' : `  ${brief(diff)}`;
    tell.line(
      `${String(revision).padStart(2)}  ${validFrom}  ${change.padEnd(10)} ${state.padEnd(11)} by ${cause.kind.padEnd(7)}${changed}`,
    );
  }
  tell.done({
    revisions: items.map(({ revision, change, state, validFrom, cause, diff }) => ({
      revision,
      change,
      state,
      validFrom,
      cause,
      diff,
    })),
  });
}

interface FieldChange {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Its own columns tell the state; of the rest, what every cloud has comes first. */
function brief(diff: readonly FieldChange[]): string {
  const others = diff.filter(({ path }) => path !== '/state' && path !== '/rawState');
  const common = others.filter(({ path }) => !path.startsWith(ofOneCloud));
  const cloudsOwn = others.filter(({ path }) => path.startsWith(ofOneCloud));
  const told = [
    ...common.map(({ path, from, to }) => `${path} ${brieflyValue(from)} → ${brieflyValue(to)}`),
    ...cloudsOwn.map(({ path }) => path),
  ];
  const more = told.length - changesShown;
  return told.slice(0, changesShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const ofOneCloud = '/cloudAttributes/';
const changesShown = 1;

function brieflyValue(value: unknown): string {
  const text = value === undefined || value === null ? '–' : JSON.stringify(value);
  return text.length <= 32 ? text : `${text.slice(0, 31)}…`;
}
