import { expect } from 'chai';
import { originalServices } from '../src/original-services.ts';
import { allServices, findService, serviceNamed } from '../src/services.ts';

describe('allServices', () => {
  it('holds some hundred services, each once and complete', () => {
    const services = allServices();

    expect(services.length).to.be.greaterThan(400);
    expect(new Set(services.map(({ id }) => id)).size).to.equal(services.length);
    for (const service of services) {
      expect(service.id).to.match(/^[a-z0-9-]+$/);
      expect(service.displayName, service.id).not.to.equal('');
      expect(service.apiVersion, service.id).to.match(/^\d{4}-\d\d-\d\d$/);
      expect(service.signingNames, service.id).not.to.have.length(0);
      expect(service.protocols, service.id).not.to.have.length(0);
    }
  });
});

describe('findService', () => {
  it('knows a service by its id alone', () => {
    expect(findService('dynamodb')).to.include({
      id: 'dynamodb',
      displayName: 'DynamoDB',
      apiVersion: '2012-08-10',
    });
    expect(findService('DynamoDB')).to.equal(undefined);
    expect(findService('__proto__')).to.equal(undefined);
  });
});

describe('serviceNamed', () => {
  const cases: [name: string, id: string | undefined][] = [
    ['api gateway', 'apigateway'],
    ['API Gateway', 'apigateway'],
    ['apigateway', 'apigateway'],
    ['Route 53', 'route53'],
    ['Route53', 'route53'],
    ['cognito user pools', 'cognito-idp'],
    ['Cognito Identity Provider', 'cognito-idp'],
    ['Amazon SQS', 'sqs'],
    ['Simple Queue Service', 'sqs'],
    ['device farm', 'devicefarm'],
    ['Mobile', 'mobile'],
    ['AWS Mobile Hub', 'mobile'],
    ['email', 'ses'],
    ['monitoring', 'cloudwatch'],
    ['S3', 's3'],
    ['Amazon DocumentDB', 'rds'],
    ['Elastic Load Balancing', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['nothing that AWS has', undefined],
  ];
  for (const [name, id] of cases) {
    it(`takes ${JSON.stringify(name)} for ${id ?? 'nothing'}`, () => {
      expect(serviceNamed(name)?.id).to.equal(id);
    });
  }

  it('takes every id, and every tile of the original, for its own service', () => {
    for (const { id } of allServices()) expect(serviceNamed(id)?.id).to.equal(id);
    for (const { id, displayName } of originalServices) {
      expect(serviceNamed(displayName)?.id).to.equal(id);
      expect(serviceNamed(displayName.toLowerCase())?.id).to.equal(id);
    }
  });
});
