import { expect } from 'chai';
import { allRoutes } from '../../src/routes/all-routes.ts';
import { type RouteName, routeTable } from '../../src/routes/route-table.ts';

describe('routeTable', () => {
  it('has every route under its own name, in the order of the documentation', () => {
    expect(Object.values(routeTable)).to.deep.equal(allRoutes);
    expect(Object.keys(routeTable)).to.deep.equal(allRoutes.map(({ name }) => name));
  });

  it('knows the names at compile time, those of each type of resource too', () => {
    const names: RouteName[] = ['token-create', 'instance-list', 'volume-snapshot-share', 'instance-reboot'];
    // @ts-expect-error A datacenter cannot be made.
    names.push('datacenter-create');
    expect(names.map((name) => name in routeTable)).to.deep.equal([true, true, true, true, false]);
    expect(routeTable['instance-list'].name satisfies 'instance-list').to.equal('instance-list');
  });
});
