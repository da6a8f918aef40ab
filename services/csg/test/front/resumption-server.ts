// A front in a process of its own, for the tests of resumption: arguments are the root's two files.
import { systemClock } from '@cloud-gateway/clock';
import { loadRoot } from '../../src/certificates/load-root.ts';
import { startTestFront } from './test-front.ts';

const [certificateFile = '', keyFile = ''] = process.argv.slice(2);
const root = await loadRoot({ certificateFile, keyFile, clock: systemClock });
const { port } = await startTestFront({ root });
process.stdout.write(`port ${port}\n`);
