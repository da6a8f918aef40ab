import type { Handler } from '@cloud-gateway/messaging';
import { deadLetterDiscard } from './dead-letter-discard.ts';
import { deadLetterList } from './dead-letter-list.ts';
import { deadLetterRedeliver } from './dead-letter-redeliver.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { subscriptionCreate } from './subscription-create.ts';
import { subscriptionDestroy } from './subscription-destroy.ts';
import { subscriptionDropsClear } from './subscription-drops-clear.ts';
import { subscriptionList } from './subscription-list.ts';
import { subscriptionShow } from './subscription-show.ts';

export function allHandlers(deps: HandlerDeps): readonly Handler[] {
  return [
    subscriptionCreate(deps),
    subscriptionList(deps),
    subscriptionShow(deps),
    subscriptionDestroy(deps),
    subscriptionDropsClear(deps),
    deadLetterList(deps),
    deadLetterRedeliver(deps),
    deadLetterDiscard(deps),
  ];
}
