// AWS Mobile Hub: one bundle that everybody can see, and no projects.
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { defineOperation, type Operation } from '../../operation.ts';

const service = 'AWSMobileHubService';

const demoBundle = {
  bundleId: 'demo-app',
  title: 'Demo application',
  version: '1.0',
  description: 'A sample application for Android and iOS.',
  availablePlatforms: ['ANDROID', 'SWIFT'],
};

const listProjects = defineOperation({
  service,
  name: 'ListProjects',
  http: 'GET /projects',
  input: z.object({}),
  handle: () => ({ projects: [] }),
});

const listBundles = defineOperation({
  service,
  name: 'ListBundles',
  http: 'GET /bundles',
  input: z.object({}),
  handle: () => ({ bundleList: [demoBundle] }),
});

const describeBundle = defineOperation({
  service,
  name: 'DescribeBundle',
  http: 'GET /bundles/{bundleId}',
  input: z.object({ bundleId: z.string() }),
  handle({ bundleId }) {
    if (bundleId !== demoBundle.bundleId) {
      throw new AwsError('NotFoundException', `There is no bundle ${bundleId.slice(0, 100)}.`);
    }
    return { details: demoBundle };
  },
});

export const bundles: readonly Operation[] = [listProjects, listBundles, describeBundle];
