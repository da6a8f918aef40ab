// Device Farm projects. The service exists in us-west-2 only.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { newRequestId } from '../../random-source.ts';
import type { StateKind } from '../../states.ts';

interface Project {
  readonly arn: string;
  readonly name: string;
  readonly created: Date;
}

const state: StateKind<Map<string, Project>> = {
  name: 'device-farm-projects',
  reach: 'region',
  create: () => new Map(),
};

const service = 'devicefarm';
const byArn = z.object({ arn: z.string() });

const createProject = defineOperation({
  service,
  name: 'CreateProject',
  input: z.object({ name: z.string().max(256) }),
  handle({ name }, call) {
    const arn = `arn:aws:devicefarm:${call.region}:${call.accountId}:project:${newRequestId(call.random)}`;
    const project = { arn, name, created: new Date(call.nowMs) };
    call.stateOf(state).set(arn, project);
    return { project };
  },
});

const listProjects = defineOperation({
  service,
  name: 'ListProjects',
  input: z.object({ arn: z.string().optional() }),
  handle: ({ arn }, call) => ({
    projects: [...call.stateOf(state).values()]
      .filter((project) => arn === undefined || project.arn === arn)
      .map((project) => ({ ...project })),
  }),
});

const getProject = defineOperation({
  service,
  name: 'GetProject',
  input: byArn,
  handle: ({ arn }, call) => ({ project: { ...findProject(arn, call) } }),
});

const deleteProject = defineOperation({
  service,
  name: 'DeleteProject',
  input: byArn,
  handle({ arn }, call) {
    call.stateOf(state).delete(findProject(arn, call).arn);
    return {};
  },
});

function findProject(arn: string, call: Call): Project {
  const project = call.stateOf(state).get(arn);
  if (project) return project;
  throw new AwsError('NotFoundException', `No project was found for ${arn.slice(0, 200)}.`, { status: 400 });
}

export const projects: readonly Operation[] = [createProject, listProjects, getProject, deleteProject];
