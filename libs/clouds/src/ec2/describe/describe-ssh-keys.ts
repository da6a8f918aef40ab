import { sshKeyBody } from '../bodies/ssh-key-body.ts';
import { DescribeKeyPairsCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';

/** Key pairs with their public halves. EC2 gives them in one piece. */
export const describeSshKeys: Describe = async function* ({ ec2, call }, which, signal) {
  const { KeyPairs = [] } = await call.read('DescribeKeyPairs', signal, (http) =>
    ec2.send(new DescribeKeyPairsCommand({ ...which, IncludePublicKey: true }), http),
  );
  yield KeyPairs.map(sshKeyBody);
};
