// `npm run docs`: writes the generated files of docs/ anew.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { referencePages } from './reference/reference-pages.ts';

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url));

rmSync(path.join(docs, 'events'), { recursive: true, force: true }); // all of it is generated
for (const [name, text] of referencePages()) {
  const file = path.join(docs, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`${file}\n`);
}
