import { describeCloudConformance } from '../src/describe-cloud-conformance.ts';
import { startSimulator } from '../src/start-simulator.ts';

describeCloudConformance({ name: 'ec2 against the simulator', start: startSimulator });
