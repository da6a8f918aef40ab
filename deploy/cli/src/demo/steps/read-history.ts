import { type Instance, resourceHistoryRoute } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';

export async function readHistory({
  api,
  account,
  instance,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string; instance: Instance }): Promise<void> {
  tell.step('read-history', `Read its history: GET …/instances/${instance.cloudId}/history`);
  const { items } = await api.call(
    resourceHistoryRoute('instance'),
    `/v1/clouds/ec2/accounts/${account}/instances/${instance.cloudId}/history`,
  );
  for (const { revision, change, state, validFrom, cause, changedFields } of items.toReversed()) {
    const changed = change === 'discovered' ? '' : `  ${brief(changedFields)}`;
    tell.line(
      `${String(revision).padStart(2)}  ${validFrom}  ${change.padEnd(10)} ${state.padEnd(11)} by ${cause.kind.padEnd(7)}${changed}`,
    );
  }
  tell.done({
    revisions: items.map(({ revision, change, state, validFrom, cause }) => ({
      revision,
      change,
      state,
      validFrom,
      cause,
    })),
  });
}

function brief(fields: readonly string[]): string {
  const others = fields.length - fieldsShown;
  return fields.slice(0, fieldsShown).join(', ') + (others > 0 ? ` and ${others} more` : '');
}

const fieldsShown = 4;
