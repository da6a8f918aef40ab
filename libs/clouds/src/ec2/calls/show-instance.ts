import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { GatewayError, type InstanceBody } from '@cloud-gateway/contracts';
import { instanceBody } from '../bodies/instance-body.ts';
import type { InstanceCallDeps } from './instance-call.ts';

/** Asks for one instance by its id. Throws cloud-not-found also when the cloud answers with an empty list. */
export async function showInstance(
  { ec2, call, onUnknownState }: InstanceCallDeps,
  cloudId: string,
  signal: AbortSignal,
): Promise<InstanceBody> {
  const { Reservations = [] } = await call.read('DescribeInstances', signal, (options) =>
    ec2.send(new DescribeInstancesCommand({ InstanceIds: [cloudId] }), options),
  );
  for (const reservation of Reservations) {
    const instance = reservation.Instances?.find(({ InstanceId }) => InstanceId === cloudId);
    if (instance !== undefined) return instanceBody(instance, reservation, onUnknownState);
  }
  throw new GatewayError('cloud-not-found', { message: `the cloud knows no instance ${cloudId}` });
}
