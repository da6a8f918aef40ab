import { expect } from 'chai';
import { catalogue } from '../src/catalogue.ts';
import { credentialVendingActions } from '../src/credential-vending-actions.ts';

describe('credentialVendingActions', () => {
  it('names services that exist, and operations of REST services that exist', () => {
    for (const name of credentialVendingActions.keys()) {
      const [id = '', action = ''] = name.split(':');
      const service = catalogue().byId.get(id);
      expect(service, name).not.to.equal(undefined);
      if (service?.operationLines)
        expect(service.operationLines, name).to.match(new RegExp(` ${action}$`, 'm'));
    }
  });

  it('says of each what it hands out', () => {
    for (const [name, what] of credentialVendingActions) expect(what, name).not.to.equal('');
  });

  it('holds the ones that everybody thinks of', () => {
    for (const name of [
      'sts:AssumeRole',
      'sts:GetSessionToken',
      's3:CreateSession',
      'ecr:GetAuthorizationToken',
      'iam:CreateAccessKey',
      'cognito-identity:GetCredentialsForIdentity',
    ])
      expect(credentialVendingActions.has(name), name).to.equal(true);
  });
});
