import type { SpecOf } from '@cloud-gateway/clouds';
import type { BodyOf, CreatableType } from '@cloud-gateway/contracts';
import type { CloudUnderTest } from './cloud-under-test.ts';
import { created, open, settled, wish } from './session.ts';
import type { Maker, TypeSpecs } from './specs.ts';

/** Makes what a spec needs in the first account. Lasts for one test: its names begin anew with each. */
export function createMaker(examined: CloudUnderTest): Maker {
  const session = open(examined);
  let count = 0;
  const name = () => {
    count += 1;
    return `made-${count}`;
  };
  const maker: Maker = {
    given: examined.given,
    name,
    async make<T extends CreatableType>(type: T, given?: SpecOf<T>): Promise<BodyOf<T>> {
      const spec: SpecOf<T> = given ?? (await specsOf(examined, type).minimal(maker));
      const body = await created(session, type, spec, wish(`needs ${name()}`));
      return settled(examined, session, body) as Promise<BodyOf<T>>;
    },
  };
  return maker;
}

export function specsOf<T extends CreatableType>({ specs }: CloudUnderTest, type: T): TypeSpecs<T> {
  const found: TypeSpecs<T> | undefined = specs[type];
  if (found === undefined) throw new Error(`there are no specs for the type ${type}`);
  return found;
}
