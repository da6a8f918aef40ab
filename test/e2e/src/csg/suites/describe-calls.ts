// Positive and negative calls, and the rules on names: each service with the key that has it and with one that lacks it.
import { expect } from 'chai';
import { type Acceptance, type DriverName, refusals, wishes } from '../acceptance.ts';
import type { Driver } from '../driver.ts';
import { namedServices } from '../name-rules.ts';
import { type OriginalServiceId, originalServices } from '../original-services.ts';

const nobodys = { accessKeyId: 'NOBODYSKEY0000000000', secretAccessKey: 'nobody has issued it' };

export function describeCalls(name: DriverName, acceptance: () => Acceptance): void {
  describe(`calls by ${name}`, () => {
    const isFirst = (service: OriginalServiceId) => (wishes.first as readonly string[]).includes(service);

    for (const { id: service } of originalServices) {
      test(service, 'does all with the key that has it', async (driver) => {
        const key = acceptance().key(isFirst(service) ? 'first' : 'second');
        await expectSuccess(driver, { service, key });
      });

      test(service, 'is refused with a key that lacks it, or that nobody issued', async (driver) => {
        const lacking = acceptance().key(isFirst(service) ? 'second' : 'first');
        for (const key of [lacking, nobodys]) {
          const call = { sequence: 'denied', service, key } as const;
          await acceptance().expectRefusal(driver, call, refusals['service-not-approved']);
        }
      });
    }

    for (const { service, action, bad, good } of namedServices) {
      test(service, 'obeys the rules on names', async (driver) => {
        const key = acceptance().key('governed');
        for (const { name, policy } of bad(uniqueDigits())) {
          const call = { sequence: 'verify', service, key, name } as const;
          const text = `Action '${action}' violates policy '${policy}'`;
          await acceptance().expectRefusal(driver, call, text);
        }
        await expectSuccess(driver, { service, key, name: good(uniqueDigits()) });
      });
    }

    for (const service of ['cognito-identity', 'devicefarm', 'route53'] as const) {
      test(service, 'is under no rule in the same request', async (driver) => {
        await expectSuccess(driver, { service, key: acceptance().key('governed') });
      });
    }

    afterEach(() => expect(acceptance().world.gateway.errors()).to.deep.equal([]));
  });

  /** Skipped where the SDK is not on the machine, or does not know the service. */
  function test(service: OriginalServiceId, what: string, call: (driver: Driver) => Promise<void>): void {
    it(`${service} ${what}`, async function () {
      const driver = acceptance().driver(name);
      if (!driver?.services.includes(service)) return this.skip();
      await call(driver);
    });
  }

  async function expectSuccess(driver: Driver, call: Omit<Parameters<Driver['run']>[0], 'sequence'>) {
    const failure = await acceptance().run(driver, { sequence: 'verify', ...call });
    expect(failure, JSON.stringify(failure)).to.equal(undefined);
  }
}

// The original's names end in MMDDHHMMSS; these also differ from each other.
let lastDigits = Date.now();
function uniqueDigits(): string {
  lastDigits += 1;
  return String(lastDigits).slice(-10);
}
