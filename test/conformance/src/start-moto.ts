// The cloud of moto. It keeps no ClientToken, and changes states at once.
import { startMotoServer } from '@cloud-gateway/test-support';
import { CloudNotHere, type RunningCloud, type TestAccount } from './cloud-under-test.ts';
import { ec2Specs } from './ec2-specs.ts';
import { firstPublishedImage } from './first-published-image.ts';
import { openEc2 } from './open-ec2.ts';

const account: TestAccount = {
  credentials: {
    kind: 'access-key',
    accessKeyId: 'MOTOACCESSKEYTHATOPENSNOTHING',
    secretAccessKey: 'moto-secret-that-opens-nothing',
  },
  cloudAccountId: '123456789012',
};

// Where moto (5.2) is not as EC2, by a part of the test's title.
const gaps: readonly string[] = [
  // It cannot be made to lie, fail or wait, has no clock of its own, and one account.
  ' sharing ',
  ' lag ',
  ' budgets ',
  ' the clock ',
  'is made once, when the connection',
  'is made once, when every connection',
  'is made once, when the cloud fails',
  'is made once, when there are too many calls',
  'is made once, when no answer comes',
  'destroyed again, when the connection breaks',
  'dry, is neither made nor changed nor destroyed',
  'can do to one that is',
  'can change and destroy a new',
  // It keeps no ClientToken.
  'repetition instance is made once, when the same wish is said again',
  'repetition volume is made once, when the same wish is said again',
  'refuses the token of one wish for another',
  'is one wish, when it is said three times at once',
  // It cannot write its answers about placement groups: HTTP 500.
  'placement-group',
  'types instance made from its full spec',
  'listings give bodies that fit the contract',
  'listings list each as a look shows it',
  // Images: it makes up the root device, and passes over a new description.
  'types image made from its full spec',
  'types image changes what a patch names',
  // Key pairs are deleted by their name only.
  'types ssh-key destroyed, is gone',
  // It says of volumes that none is known when one of them is not.
  'types volume asked for by an id that is not there',
  'types volume-attachment asked for by an id that is not there',
  // Every snapshot is public.
  'types volume-snapshot made from',
  'types volume-snapshot changes what',
  // A terminated instance keeps its address, and an address in use can be released.
  'go with the instance; the volume and the address stay',
  'cannot destroy what is in use, as it says',
  // Asked for pages of 1000, as its catalogue is large and slow, it gives one.
  'give everything once over many pages',
  // It launches images that do not exist.
  'says what is wrong with a thing that is named and not there',
];

export async function startMoto(): Promise<RunningCloud> {
  const moto = await startMotoServer();
  if (!moto) throw new CloudNotHere('moto is not installed');
  const { url, stop } = moto;
  const imageId = await firstPublishedImage(url, account);
  return {
    open: () => ({
      ...openEc2(url, { pageSize: 1_000 }),
      account,
      specs: ec2Specs,
      given: { imageId, instanceType: 't3.micro', datacenter: 'us-east-1a' },
      gaps,
      control: {
        reset: async () => void (await fetch(`${url}/moto-api/reset`, { method: 'POST' })),
      },
    }),
    stop,
  };
}
