// No create made two resources, and what a caller was told is what was made. One after the other there may be two: a
// repetition makes what somebody has taken away meanwhile, and a key pair is made anew when its private half was lost.
import { expect } from 'chai';
import { problemOf } from '../api-client.ts';
import type { AnsweredWrite } from './run-steps.ts';
import type { Witness } from './witness.ts';

export function expectOnePerKey(witness: Witness, writes: readonly AnsweredWrite[]): void {
  witness.look();
  for (const write of writes) {
    for (const answer of write.answers) {
      const problem = problemOf(answer);
      if (problem) expect(problem.code, JSON.stringify({ write, problem })).to.not.equal('internal');
    }
  }
  for (const tag of witness.requestTags()) {
    for (const { type, cloudIds, atOnce } of witness.madeBy(tag)) {
      expect(atOnce, `${type}s that ${tag} made at once: ${cloudIds.join(' ')}`).to.be.at.most(1);
    }
  }
  for (const write of writes.filter(({ makes }) => makes !== undefined))
    expectToldWhatWasMade(witness, write);
}

const untagged: ReadonlySet<string> = new Set(['volume-attachment', 'ip-address-binding']);

function expectToldWhatWasMade(witness: Witness, { name, makes, answers }: AnsweredWrite): void {
  if (makes === undefined || untagged.has(makes)) return;
  const told = answers.flatMap((answer) =>
    answer.kind === 'answer' && answer.status < 300 ? (answer.body as { cloudId: string }).cloudId : [],
  );
  const made = witness
    .requestTags()
    .filter((tag) => tag.endsWith(`/${name}`))
    .flatMap((tag) => witness.madeBy(tag))
    .filter(({ type }) => type === makes)
    .flatMap(({ cloudIds }) => cloudIds);
  for (const cloudId of told)
    expect(cloudId, `what ${name} was told of ${made.join(' ')}`).to.equal(made.at(-1));
}
