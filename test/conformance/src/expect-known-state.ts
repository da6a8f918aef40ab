import type { ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { CloudUnderTest } from './cloud-under-test.ts';

/** The cloud has said that it can show this state. */
export function expectKnownState({ cloud }: CloudUnderTest, { type, state, cloudId }: ResourceBody): void {
  const capabilities = cloud.capabilities().resources.find((row) => row.type === type);
  const states = capabilities?.states.map((row) => row.state);
  expect(states, `${type} ${cloudId}`).to.include(state);
}
