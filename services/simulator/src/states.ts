// What the services keep, apart from instances and images: each kind of state is declared beside the actions that use
// it, and made when it is first asked for.

export interface StateKind<T> {
  readonly name: string;
  /** `region`: one per account and region. `cloud`: one for all. */
  readonly reach: 'region' | 'cloud';
  create(): T;
}

export interface States {
  of<T>(kind: StateKind<T>, place: { readonly accountId: string; readonly region: string }): T;
}

export function createStates(): States {
  const states = new Map<string, unknown>();
  return {
    of<T>(kind: StateKind<T>, { accountId, region }: { accountId: string; region: string }): T {
      const name = kind.reach === 'cloud' ? kind.name : `${kind.name}/${accountId}/${region}`;
      if (!states.has(name)) states.set(name, kind.create());
      return states.get(name) as T; // Made by the same kind, which alone has this name.
    },
  };
}
