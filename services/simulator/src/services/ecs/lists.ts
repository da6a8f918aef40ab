// ECS: nothing runs there, so every list is empty.
import { z } from 'zod';
import { defineOperation, type Operation } from '../../operation.ts';

const emptyLists = {
  ListClusters: 'clusterArns',
  ListTaskDefinitionFamilies: 'families',
  ListTaskDefinitions: 'taskDefinitionArns',
} as const;

export const lists: readonly Operation[] = Object.entries(emptyLists).map(([name, member]) =>
  defineOperation({ service: 'ecs', name, input: z.object({}), handle: () => ({ [member]: [] }) }),
);
