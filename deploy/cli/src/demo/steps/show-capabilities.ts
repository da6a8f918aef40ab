import type { TourDeps } from '../tour-deps.ts';

/** What the cloud can do, as the gateway tells it: nothing here is known beforehand. */
export async function showCapabilities({ api, tell }: Pick<TourDeps, 'api' | 'tell'>): Promise<void> {
  tell.step('show-capabilities', 'See what the cloud can do: GET /v1/clouds/ec2');
  const { names, resources } = await api.call('cloud-show', { params: { cloud: 'ec2' } });
  const changeable = resources.filter(({ calls }) => calls.includes('create'));
  tell.line(
    `${names.join(', ')}: ${resources.length} types of resource, ${changeable.length} of which can be created`,
  );
  const instance = resources.find(({ type }) => type === 'instance');
  for (const { state, allows, rawStates } of instance?.states ?? []) {
    if (!shownStates.includes(state)) continue;
    tell.line(`an instance that is ${state.padEnd(8)} (${rawStates.join(', ')}) allows ${allows.join(', ')}`);
  }
  tell.done({ types: resources.map(({ type, calls }) => ({ type, calls })) });
}

const shownStates = ['running', 'stopped'];
