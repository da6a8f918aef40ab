import { instanceActions, resourceTypes } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { refuseFinalState } from '../src/refuse-final-state.ts';

describe('refuseFinalState', () => {
  for (const action of instanceActions) {
    for (const state of resourceTypes.instance.states) {
      const isRefused = action !== 'terminate' && (state === 'terminated' || state === 'terminating');
      it(`${isRefused ? 'refuses to' : 'lets the cloud decide whether to'} ${action} what is ${state}`, () => {
        const refuse = () => refuseFinalState(action, { cloudId: 'i-1', state });

        if (isRefused) expect(refuse).to.throw(state);
        else expect(refuse).not.to.throw();
      });
    }
  }
});
