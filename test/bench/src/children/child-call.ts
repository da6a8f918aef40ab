// What a process of the benchmark and the one that started it tell each other: calls, and what came of them.

export interface ChildCall {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
}

export type ChildAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** What a process can be asked to do, by name. */
export type ChildMethods = Readonly<Record<string, (input: never) => unknown>>;
