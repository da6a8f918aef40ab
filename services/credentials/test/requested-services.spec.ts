import { isGatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { requestedServices } from '../src/requested-services.ts';
import { noServices, type ServiceCatalogue } from '../src/service-catalogue.ts';

describe('requestedServices', () => {
  const services = [
    { id: 'sqs', name: 'SQS' },
    { id: 's3', name: 'S3' },
  ];
  const catalogue: ServiceCatalogue = {
    find: (name) => services.find(({ id }) => id === name.toLowerCase()),
    all: () => services,
    alwaysRequestable: new Set(['sqs']),
    credentialActions: new Set(),
  };
  const permit = (cloud: string) => ({
    organizationId: 'org_a',
    cloud,
    service: 's3',
    allowedBy: 'cli_a',
    createdAt: new Date(0),
  });
  const ask = (names: string[], allowed = [permit('ec2')], known = catalogue) =>
    requestedServices({ names, cloud: 'ec2', catalogue: known, allowed });
  const issuesOf = (run: () => unknown) => {
    try {
      run();
    } catch (err) {
      if (isGatewayError(err)) return err.issues?.map(({ path }) => path);
    }
    throw new Error('not refused');
  };

  it('gives ids, each once, in the order of asking', () => {
    expect(ask(['S3', 'sqs', 's3'])).to.deep.equal(['s3', 'sqs']);
  });

  it('refuses what is not allowed in this cloud, and what is unknown', () => {
    expect(issuesOf(() => ask(['sqs', 's3'], [permit('moon')]))).to.deep.equal(['body.services.1']);
    expect(issuesOf(() => ask(['x', 's3', 'y']))).to.deep.equal(['body.services.0', 'body.services.2']);
    expect(issuesOf(() => ask(['sqs'], [], noServices))).to.deep.equal(['body.services.0']);
  });
});
