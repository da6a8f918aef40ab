import { expect } from 'chai';
import { findInJson } from '../../src/policies/find-in-json.ts';
import { createGenerator, type Generator } from './generator.ts';

const find = (text: string, path: string) => findInJson(Buffer.from(text), path.split('.'));
const text = (value: string) => ({ kind: 'text', text: value });

describe('findInJson', () => {
  const found: readonly (readonly [json: string, path: string, value: string])[] = [
    ['{"TableName":"team-a"}', 'TableName', 'team-a'],
    [' {\n"a" : [1,{"b":"}"},[]] , "TableName"\t: "x" } ', 'TableName', 'x'],
    ['{"ConfigurationSet":{"a":{},"Name":"x"},"Name":"y"}', 'ConfigurationSet.Name', 'x'],
    ['{"Table\\u004eame":"\\u0078\\n\\"\\\\"}', 'TableName', 'x\n"\\'],
    ['{"a":"\\\\","b":-1.5e+3,"c":null,"d":true,"Name":"é€😀"}', 'Name', 'é€😀'],
    ['{"Name":""}', 'Name', ''],
    ['{"b":{"Name":"inner"},"Name":"outer"}', 'Name', 'outer'],
  ];
  for (const [json, path, value] of found) {
    it(`finds ${path} in ${JSON.stringify(json)}`, () => expect(find(json, path)).to.deep.equal(text(value)));
  }

  for (const [json, path] of [
    ['{}', 'Name'],
    ['{"Name":null}', 'Name'],
    ['[{"Name":"x"}]', 'Name'],
    ['"Name"', 'Name'],
    ['{"a":{"Name":"x"}}', 'Name'],
    ['{"ConfigurationSet":"x"}', 'ConfigurationSet.Name'],
  ] as const) {
    it(`does not find ${path} in ${JSON.stringify(json)}`, () =>
      expect(find(json, path)).to.deep.equal({ kind: 'absent' }));
  }

  for (const [json, path] of [
    ['{"Name":"good","Name":"evil"}', 'Name'],
    ['{"Name":"good","n\\u0061me":"evil"}', 'Name'],
    ['{"name":"x"}', 'Name'],
    ['{"Set":{"Name":"good"},"Set":{"Name":"evil"}}', 'Set.Name'],
    ['{"Set":{"Name":"good"},"Set":1}', 'Set.Name'],
    ['{"Name":null,"Name":"evil"}', 'Name'],
    ['{"Name":1}', 'Name'],
    ['{"Name":["x"]}', 'Name'],
    ['', 'Name'],
    ['{"Name":"x"', 'Name'],
    ['{"Name":"x"}{"Name":"y"}', 'Name'],
    ['{"Name":"x"} x', 'Name'],
    ["{'Name':'x'}", 'Name'],
    ['{"Name":"x",}', 'Name'],
    ['{"Name":"x" "a":1}', 'Name'],
    ['{"a":01,"Name":"x"}', 'Name'],
    ['{"a":nul,"Name":"x"}', 'Name'],
    ['{"a":[1,],"Name":"x"}', 'Name'],
    ['{"a":[1},"Name":"x"}', 'Name'],
    ['{"a":{"b"},"Name":"x"}', 'Name'],
    ['{"Name":"\\x"}', 'Name'],
    ['{"Name":"a\nb"}', 'Name'],
    ['\uFEFF{"Name":"x"}', 'Name'],
    ['{"Name":"x"/* y */}', 'Name'],
  ] as const) {
    it(`cannot say what ${path} is in ${JSON.stringify(json)}`, () =>
      expect(find(json, path).kind).to.equal('unreadable'));
  }

  it('cannot read what is not UTF-8', () => {
    expect(findInJson(Buffer.from('{"Name":"\xe9"}', 'latin1'), ['Name']).kind).to.equal('unreadable');
    expect(findInJson(Buffer.from('{"Name":"x"}', 'utf16le'), ['Name']).kind).to.equal('unreadable');
  });

  it('does not run out of stack', () => {
    const deep = '['.repeat(1_000_000);
    expect(find(`{"a":${deep}`, 'Name').kind).to.equal('unreadable');
  });

  it('reads 3,000 made-up texts as JSON.parse does, broken ones too', () => {
    for (let seed = 1; seed <= 3_000; seed += 1) {
      const generator = createGenerator(seed);
      const json = mutated(generator, `{"a":${value(generator, 3)},"Name":"x","b":${value(generator, 2)}}`);
      const ours = find(json, 'Name');

      let theirs: unknown;
      try {
        theirs = JSON.parse(json);
      } catch {
        // Text of ours that was skipped may have a broken escape in it; whatever we say is found was readable.
        if (ours.kind === 'unreadable') continue;
        expect(json, `seed ${seed}`).to.contain('\\');
        continue;
      }
      if (ours.kind !== 'text') continue;
      expect((theirs as { Name?: unknown }).Name, `seed ${seed}: ${json}`).to.equal(ours.text);
    }
  });
});

function value(generator: Generator, depth: number): string {
  const kind = generator.below(depth > 0 ? 7 : 5);
  if (kind === 5) return `[${Array.from({ length: generator.below(3) }, () => value(generator, depth - 1))}]`;
  if (kind === 6) return `{"k":${value(generator, depth - 1)}}`;
  return generator.pick(['1', '-0.5e3', '"s"', '"\\"\\\\"', 'null', 'true', ' {} ']);
}

/** Half of them stay as they are. */
function mutated(generator: Generator, json: string): string {
  if (generator.below(2) === 0) return json;
  const at = generator.below(json.length);
  return (
    json.slice(0, at) + generator.pick(['', '"', '}', ']', ',', ':', '\\', '{', ' ']) + json.slice(at + 1)
  );
}
