import { describeCloudConformance } from '../src/describe-cloud-conformance.ts';
import { startMoto } from '../src/start-moto.ts';

describeCloudConformance({ name: 'ec2 against moto', start: startMoto });
