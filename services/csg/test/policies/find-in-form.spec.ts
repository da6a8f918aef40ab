import { expect } from 'chai';
import { findInForm } from '../../src/policies/find-in-form.ts';

describe('findInForm', () => {
  for (const [forms, name, text] of [
    [['Action=CreateQueue&QueueName=team-a&Version=1'], 'QueueName', 'team-a'],
    [['Action=X', 'QueueName=x'], 'QueueName', 'x'],
    [['ConfigurationSet.Name=a+b%2Bc%C3%A9'], 'ConfigurationSet.Name', 'a b+cé'],
    [['Queue%4Eame=x'], 'QueueName', 'x'],
    [['QueueName'], 'QueueName', ''],
    [['QueueName=a=b'], 'QueueName', 'a=b'],
    [['QueueName=\xc3\xa9'], 'QueueName', 'é'],
  ] as const) {
    it(`finds ${name} in ${forms.join(' and ')}`, () => {
      expect(findInForm(forms, name)).to.deep.equal({ kind: 'text', text });
    });
  }

  it('does not find what is not there', () => {
    expect(findInForm(['', 'Name=x&QueueNames=y'], 'QueueName')).to.deep.equal({ kind: 'absent' });
  });

  for (const forms of [
    ['QueueName=good&QueueName=evil'],
    ['QueueName=good', 'QueueName=evil'],
    ['QueueName=good&queuename=evil'],
    ['QueueName=good&Queue%4eame=evil'],
    ['queueName=x'],
    ['QueueName=%zz'],
    ['%=&QueueName=x'],
    ['QueueName=%ff'],
  ]) {
    it(`cannot say what QueueName is in ${forms.join(' and ')}`, () => {
      expect(findInForm(forms, 'QueueName').kind).to.equal('unreadable');
    });
  }
});
