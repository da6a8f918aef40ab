// Opens a key file and prints the active key's id; master-key-file.spec.ts starts several at once.
import { openMasterKeyFile } from '../../src/keys/master-key-file.ts';

const { activeKeyId } = await openMasterKeyFile(process.argv[2] ?? '');
process.stdout.write(activeKeyId);
