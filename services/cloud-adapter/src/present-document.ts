// What of a document a caller gets: all of it, a view, or the fields that he names. The address to connect to is chosen
// here, at the time of reading, because it depends on who reads.
import {
  type ConnectionPolicy,
  connectAddressOf,
  type InstanceBody,
  type ResourceType,
  type ResourceView,
} from '@cloud-gateway/contracts';
import type { ResourceDocument } from '@cloud-gateway/store';
import type { Representation } from './etag.ts';

export interface Presentation {
  /** Without a view and without fields everything comes. */
  readonly view?: ResourceView | undefined;
  /** Instead of a view. A name that the type does not have is left out: clouds differ in what they tell. */
  readonly fields?: readonly string[] | undefined;
  readonly policy: ConnectionPolicy;
}

type Shown = Readonly<Record<string, unknown>>;

const tinyFields = ['id', 'href', 'type', 'cloudId', 'name', 'state', 'region'] as const;

export function presentDocument(document: ResourceDocument, { view, fields, policy }: Presentation): Shown {
  if (fields !== undefined) return pick(withAddress(document, policy), fields);
  switch (view) {
    case 'tiny':
      return pick(document, tinyFields);
    case 'default': {
      const { cloudAttributes: _, ...rest } = withAddress(document, policy);
      return rest;
    }
    default:
      return withAddress(document, policy);
  }
}

/** What tells this presentation of a document from others of the same revision. */
export function representationOf(type: ResourceType, { view, fields, policy }: Presentation): Representation {
  return { view, fields, policy: type === 'instance' && policy !== 'auto' ? policy : undefined };
}

function withAddress(document: ResourceDocument, policy: ConnectionPolicy): Shown {
  if (document.type !== 'instance') return document;
  // The store holds only what fitted the schema of its type.
  const addresses = document as unknown as Pick<InstanceBody, 'publicAddresses' | 'privateAddresses'>;
  return { ...document, connectAddress: connectAddressOf(policy, addresses) };
}

function pick(document: Shown, names: readonly string[]): Shown {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(document, name)).map((name) => [name, document[name]]),
  );
}
