import { expect } from 'chai';

/** The call is refused by the cloud, with an error of this name. Any other failure goes on. */
export async function expectFailure(call: Promise<unknown>, name: RegExp): Promise<void> {
  const error: unknown = await call.then(
    () => undefined,
    (err: unknown) => err,
  );
  if (!(error instanceof Error)) expect.fail(`The call was answered; expected ${name}`);
  if (!name.test(error.name)) throw error;
}
