// API Gateway: REST APIs, by name and description only.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { StateKind } from '../../states.ts';

interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly createdDate: Date;
  readonly endpointConfiguration: { readonly types: readonly string[] };
}

const state: StateKind<Map<string, RestApi>> = {
  name: 'rest-apis',
  reach: 'region',
  create: () => new Map(),
};

const byId = z.object({ restApiId: z.string() });

const createRestApi = defineOperation({
  service: 'apigateway',
  name: 'CreateRestApi',
  http: 'POST /restapis',
  status: 201,
  input: z.object({
    name: z.string().min(1),
    description: z.string().optional(),
    endpointConfiguration: z.object({ types: z.array(z.string()) }).default({ types: ['EDGE'] }),
  }),
  handle({ name, description, endpointConfiguration }, call) {
    const api: RestApi = {
      id: call.random.hex(10),
      name,
      description,
      createdDate: new Date(call.nowMs),
      endpointConfiguration,
    };
    call.stateOf(state).set(api.id, api);
    return { ...api };
  },
});

const getRestApis = defineOperation({
  service: 'apigateway',
  name: 'GetRestApis',
  http: 'GET /restapis',
  input: z.object({}),
  handle: (_input, call) => ({ item: [...call.stateOf(state).values()].map((api) => ({ ...api })) }),
});

const getRestApi = defineOperation({
  service: 'apigateway',
  name: 'GetRestApi',
  http: 'GET /restapis/{restApiId}',
  input: byId,
  handle: ({ restApiId }, call) => ({ ...findApi(restApiId, call) }),
});

const deleteRestApi = defineOperation({
  service: 'apigateway',
  name: 'DeleteRestApi',
  http: 'DELETE /restapis/{restApiId}',
  status: 202,
  input: byId,
  handle({ restApiId }, call) {
    call.stateOf(state).delete(findApi(restApiId, call).id);
    return {};
  },
});

function findApi(id: string, call: Call): RestApi {
  const api = call.stateOf(state).get(id);
  if (api) return api;
  throw new AwsError('NotFoundException', `Invalid API identifier specified ${call.accountId}:${id}`);
}

export const restApis: readonly Operation[] = [createRestApi, getRestApis, getRestApi, deleteRestApi];
