// An event as one line for a person: when, whose, what, how it changed, and why.
import type { AnyEvent } from '@cloud-gateway/client';
import { printable } from '../output/printable.ts';

type ResourceEvent = Extract<AnyEvent, { readonly revision: number }>;
type AdministrativeEvent = Extract<AnyEvent, { readonly subject: string }>;
type ListingEvent = Exclude<AnyEvent, ResourceEvent | AdministrativeEvent>;

export function eventLine(event: AnyEvent): string {
  if ('subject' in event) return administrativeLine(event);
  return 'revision' in event ? resourceLine(event) : listingLine(event);
}

function resourceLine(event: ResourceEvent): string {
  const { observedAt, account, resourceType, cloudId, change, oldState, newState, cause } = event;
  const states = oldState === newState ? (newState ?? '') : `${oldState ?? '–'} → ${newState ?? '–'}`;
  return parts([
    observedAt,
    account,
    resourceType.padEnd(columns.type),
    cloudId.padEnd(columns.id),
    change.padEnd(columns.change),
    states.padEnd(columns.states),
    fieldsOf(event),
    `by ${cause.kind} ${cause.id}`,
  ]);
}

function listingLine({ observedAt, account, region, resourceType, change, reason }: ListingEvent): string {
  const why = reason ? [reason.state, reason.code, reason.message].filter(Boolean).join(', ') : '';
  return parts([
    observedAt,
    account,
    resourceType.padEnd(columns.type),
    `all in ${region}`.padEnd(columns.id),
    change.padEnd(columns.change),
    why,
  ]);
}

function administrativeLine(event: AdministrativeEvent): string {
  const { at, scope, subject, details } = event;
  const advice = event.subject === 'subscription.dropped' ? adviceOf(event.details.accounts) : '';
  return parts([at, scope, subject, JSON.stringify(details), advice]);
}

/** What a subscriber does who has missed events. */
function adviceOf(accounts: readonly { readonly account: string; readonly syncFrom: number }[]): string {
  const calls = accounts.map(({ account, syncFrom }) => `GET /v1/sync?account=${account}&since=${syncFrom}`);
  return `Events were lost; ${calls.join(' and ')} tells what has changed.`;
}

/** The state has a column of its own. */
function fieldsOf({ change, changedFields }: ResourceEvent): string {
  if (change !== 'updated' && change !== 'state') return '';
  const names = changedFields.filter((field) => field !== 'state' && field !== 'rawState');
  const more = names.length - fieldsMax;
  return names.slice(0, fieldsMax).join(' ') + (more > 0 ? ` and ${more} more` : '');
}

const fieldsMax = 5;
/** Wide enough for most, so that lines stand below each other. */
const columns = { type: 18, id: 21, change: 10, states: 20 };

function parts(texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .map(printable)
    .join('  ');
}
