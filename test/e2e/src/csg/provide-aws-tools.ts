// The tools of AWS that are no npm packages: boto3 and the AWS CLI.
import { attempt, type Provided, providePythonWith, provideTool } from '../provide-tool.ts';

/** A Python interpreter that has boto3, or why there is none. */
export function providePython(): Promise<Provided> {
  return providePythonWith('boto3', 'python3-boto3');
}

/** The AWS CLI, or why there is none. */
export function provideAwsCli(): Promise<Provided> {
  return provideTool({
    name: 'The AWS CLI',
    debianPackage: 'awscli',
    async find() {
      const found = await attempt('aws', ['--version']);
      return found?.status === 0 ? 'aws' : undefined;
    },
  });
}
