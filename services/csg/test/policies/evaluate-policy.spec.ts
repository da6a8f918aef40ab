import type { PolicyRule } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { evaluatePolicy, type PolicedCall } from '../../src/policies/evaluate-policy.ts';
import { absent, type Parameter, unreadable } from '../../src/policies/parameter.ts';

const names = (found: Readonly<Record<string, string | Parameter>>) => () => ({
  find(name: string): Parameter {
    const value = found[name] ?? absent;
    return typeof value === 'string' ? { kind: 'text', text: value } : value;
  },
});

const createTable: PolicedCall = {
  service: 'dynamodb',
  action: 'CreateTable',
  region: 'eu-west-1',
  parameters: names({ TableName: 'team-a-orders' }),
  callsThisMinute: () => ({ service: 1, all: 1 }),
};

const prefix = (text: string, more: object = {}) =>
  ({
    type: 'csg.resource.name.prefix',
    service: 'dynamodb',
    action: 'CreateTable',
    prefix: text,
    ...more,
  }) as PolicyRule;
const pattern = (text: string, more: object = {}) =>
  ({
    type: 'csg.resource.name.validation_pattern',
    service: 'dynamodb',
    action: 'CreateTable',
    pattern: text,
    ignoreCase: false,
    ...more,
  }) as PolicyRule;
const actions = (...allow: string[]): PolicyRule => ({ type: 'csg.actions', service: 'dynamodb', allow });
const regions = (...allow: string[]): PolicyRule => ({ type: 'csg.regions', allow });

function evaluate(rules: readonly PolicyRule[], call: Partial<PolicedCall> = {}) {
  return evaluatePolicy({ rules, call: { ...createTable, ...call } });
}

const refused = (policy: string, kind = 'violation') => ({ ok: false, policy, kind });

describe('evaluatePolicy', () => {
  it('lets everything through where there are no rules, or none about this call', () => {
    expect(evaluate([])).to.deep.equal({ ok: true });
    expect(evaluate([prefix('other-', { action: 'CreateBackup' })])).to.deep.equal({ ok: true });
    expect(evaluate([prefix('other-', { service: 'sqs' })])).to.deep.equal({ ok: true });
    expect(evaluate([{ type: 'csg.actions', service: 'sqs', allow: ['X'] }])).to.deep.equal({ ok: true });
  });

  describe('names', () => {
    it('have to begin as the rule says, in the same letters', () => {
      expect(evaluate([prefix('team-a-')])).to.deep.equal({ ok: true });
      expect(evaluate([prefix('Team-a-')])).to.deep.equal(refused('csg.resource.name.prefix'));
      expect(evaluate([prefix('orders')])).to.deep.equal(refused('csg.resource.name.prefix'));
    });

    it('have to match the pattern', () => {
      expect(evaluate([pattern('^TEAM-[a-z]-', { ignoreCase: true })])).to.deep.equal({ ok: true });
      expect(evaluate([pattern('^TEAM-[a-z]-')])).to.deep.equal(
        refused('csg.resource.name.validation_pattern'),
      );
    });

    it('obey one of several rules of a type, and every type', () => {
      expect(evaluate([prefix('x-'), prefix('team-a-')])).to.deep.equal({ ok: true });
      expect(evaluate([prefix('team-a-'), pattern('x')])).to.deep.equal(
        refused('csg.resource.name.validation_pattern'),
      );
      expect(evaluate([prefix('x-'), pattern('orders')])).to.deep.equal(refused('csg.resource.name.prefix'));
    });

    it('are looked for where the rule says', () => {
      const rules = [prefix('team-a-', { parameter: 'Some.Name' })];
      expect(evaluate(rules, { parameters: names({ 'Some.Name': 'team-a-x' }) })).to.deep.equal({ ok: true });
      expect(evaluate(rules)).to.deep.include(refused('csg.resource.name.prefix', 'not-evaluable'));
    });

    it('apply to each action of a wildcard, in whatever letters the call comes', () => {
      expect(evaluate([prefix('x', { action: 'Create*' })])).to.deep.equal(
        refused('csg.resource.name.prefix'),
      );
      expect(evaluate([prefix('x')], { action: 'createtable' })).to.deep.equal(
        refused('csg.resource.name.prefix'),
      );
    });

    it('obey wherever they may be, so that a harmless one cannot be put in front', () => {
      const rules = [prefix('team-a-', { service: 'new', action: 'CreateThing' })];
      const call = { service: 'new', action: 'CreateThing' };
      const both = names({ ThingName: 'team-a-x', name: 'evil' });
      expect(evaluate(rules, { ...call, parameters: both })).to.deep.equal(
        refused('csg.resource.name.prefix'),
      );
      expect(evaluate(rules, { ...call, parameters: names({ name: 'team-a-x' }) })).to.deep.equal({
        ok: true,
      });
    });

    it('that cannot be found or read are refused, with the reason', () => {
      expect(evaluate([prefix('')], { parameters: names({}) })).to.deep.equal({
        ...refused('csg.resource.name.prefix', 'not-evaluable'),
        why: "the call does not have 'TableName'",
      });
      expect(
        evaluate([prefix('')], { parameters: names({ TableName: unreadable('so it is') }) }),
      ).to.deep.equal({
        ...refused('csg.resource.name.prefix', 'not-evaluable'),
        why: 'so it is',
      });
      expect(evaluate([prefix('')], { parameters: () => undefined })).to.deep.equal({
        ...refused('csg.resource.name.prefix', 'not-evaluable'),
        why: 'the body is too large to look into',
      });
      expect(evaluate([pattern('(')])).to.deep.include(
        refused('csg.resource.name.validation_pattern', 'not-evaluable'),
      );
    });

    it('are not asked for where no rule looks at them', () => {
      const parameters = () => {
        throw new Error('asked');
      };
      expect(evaluate([prefix('x', { action: 'DeleteTable' }), actions('*')], { parameters })).to.deep.equal({
        ok: true,
      });
    });
  });

  it('lets only the allowed actions through, of the union of all rules', () => {
    expect(evaluate([actions('GetItem'), actions('create*')])).to.deep.equal({ ok: true });
    expect(evaluate([actions('GetItem', '*Tables')])).to.deep.equal(refused('csg.actions'));
  });

  it('refuses an action that cannot be told, if any rule of the service looks at actions', () => {
    const call = { action: undefined };
    expect(evaluate([actions('*')], call)).to.deep.include(refused('csg.actions', 'not-evaluable'));
    expect(evaluate([prefix('x')], call)).to.deep.include(
      refused('csg.resource.name.prefix', 'not-evaluable'),
    );
    expect(evaluate([pattern('x')], call)).to.deep.include(
      refused('csg.resource.name.validation_pattern', 'not-evaluable'),
    );
    expect(evaluate([regions('eu-west-1')], call)).to.deep.equal({ ok: true });
  });

  it('lets only the allowed regions through', () => {
    expect(evaluate([regions('us-east-1'), regions('EU-*')])).to.deep.equal({ ok: true });
    expect(evaluate([regions('us-east-1')])).to.deep.equal(refused('csg.regions'));
    expect(evaluate([{ ...regions('us-east-1'), service: 'sqs' } as PolicyRule])).to.deep.equal({ ok: true });
    expect(evaluate([regions('*')], { region: undefined })).to.deep.include(
      refused('csg.regions', 'not-evaluable'),
    );
  });

  describe('calls per minute', () => {
    const calls = (service: number, all: number) => ({ callsThisMinute: () => ({ service, all }) });
    const ofAll: PolicyRule = { type: 'csg.calls_per_minute', max: 10 };
    const ofDynamo: PolicyRule = { type: 'csg.calls_per_minute', service: 'dynamodb', max: 5 };

    it('are let through up to the limit', () => {
      expect(evaluate([ofAll], calls(10, 10))).to.deep.equal({ ok: true });
      expect(evaluate([ofAll], calls(1, 11))).to.deep.equal(refused('csg.calls_per_minute', 'rate'));
      expect(evaluate([ofDynamo], calls(5, 100))).to.deep.equal({ ok: true });
      expect(evaluate([ofDynamo], calls(6, 6))).to.deep.equal(refused('csg.calls_per_minute', 'rate'));
    });

    it('have to keep both the limit of the service and that of all', () => {
      expect(evaluate([ofAll, ofDynamo], calls(6, 6))).to.deep.equal(refused('csg.calls_per_minute', 'rate'));
      expect(evaluate([ofAll, ofDynamo], calls(5, 11))).to.deep.equal(
        refused('csg.calls_per_minute', 'rate'),
      );
      expect(evaluate([ofAll, ofDynamo], calls(5, 10))).to.deep.equal({ ok: true });
    });

    it('are not counted for a call that is refused anyway', () => {
      const callsThisMinute = () => {
        throw new Error('counted');
      };
      expect(evaluate([ofAll, actions('X')], { callsThisMinute })).to.deep.equal(refused('csg.actions'));
      expect(evaluate([actions('CreateTable')], { callsThisMinute })).to.deep.equal({ ok: true });
    });
  });
});
