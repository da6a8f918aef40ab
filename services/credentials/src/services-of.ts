import { awsServiceCatalogue } from './aws-service-catalogue.ts';
import { noServices, type ServiceCatalogue } from './service-catalogue.ts';

/** Gives the services of a cloud that the proxy serves, by the cloud's id. */
export function servicesOf(cloud: string): ServiceCatalogue {
  return cloud === 'ec2' ? awsServiceCatalogue : noServices;
}
