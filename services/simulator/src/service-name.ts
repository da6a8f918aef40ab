// The three services that are simulated, and what tells them apart on the wire.

export type ServiceName = 'ec2' | 'sts' | 'iam';

interface ServiceProtocol {
  readonly version: string;
  readonly namespace: string;
  /** What the entries of a list are called. */
  readonly itemName: string;
}

export const serviceProtocols: Readonly<Record<ServiceName, ServiceProtocol>> = {
  ec2: { version: '2016-11-15', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/', itemName: 'item' },
  sts: { version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', itemName: 'member' },
  iam: { version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', itemName: 'member' },
};

export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(serviceProtocols, name);
}

/** Guesses the service of a request whose signature cannot be read, so that the refusal has the right shape. */
export function serviceOfVersion(version: string | undefined): ServiceName {
  const names = Object.keys(serviceProtocols).filter(isServiceName);
  return names.find((name) => serviceProtocols[name].version === version) ?? 'ec2';
}
