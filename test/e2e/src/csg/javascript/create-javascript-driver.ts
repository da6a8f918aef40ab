import type { Driver, Failure } from '../driver.ts';
import { type OriginalServiceId, originalServices } from '../original-services.ts';
import { createClients } from './clients.ts';
import { cognitoIdentity, cognitoUserPools, deviceFarm, dynamodb, ecs, sqs } from './json-sequences.ts';
import { redshift, ses, sns } from './query-sequences.ts';
import { apiGateway, glacier, lambda, mobile, pinpoint, route53 } from './rest-sequences.ts';
import type { ServiceSequences } from './service-sequences.ts';

const sequences: Readonly<Record<OriginalServiceId, ServiceSequences>> = {
  apigateway: apiGateway,
  'cognito-identity': cognitoIdentity,
  'cognito-idp': cognitoUserPools,
  devicefarm: deviceFarm,
  dynamodb,
  ecs,
  glacier,
  lambda,
  mobile,
  pinpoint,
  redshift,
  route53,
  ses,
  sns,
  sqs,
};

export function createJavascriptDriver(proxy: {
  readonly proxyUrl: string;
  readonly rootPem: string;
}): Driver {
  const clients = createClients(proxy);
  return {
    name: 'the SDK for JavaScript',
    services: originalServices.map(({ id }) => id),
    async run({ sequence, service, key, name = `revizortest${Date.now()}` }) {
      const open = clients.of(key);
      try {
        await sequences[service][sequence](open, name);
        return undefined;
      } catch (err) {
        return failureOf(err);
      }
    },
    close: async () => clients.close(),
  };
}

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

function failureOf(err: unknown): Failure {
  const error = err as SdkError;
  const { httpStatusCode: status, attempts } = error.$metadata ?? {};
  // An error that no answer has caused has no status; chai's go by the name of their class.
  return {
    kind: status === undefined ? error.constructor.name : error.name,
    message: error.message,
    status,
    attempts,
  };
}
