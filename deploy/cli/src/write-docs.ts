// `npm run docs`: writes the generated pages of docs/ anew.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { referencePages } from './reference/reference-pages.ts';

for (const [name, text] of referencePages()) {
  const file = fileURLToPath(new URL(`../../../../docs/${name}`, import.meta.url));
  writeFileSync(file, text);
  process.stdout.write(`${file}\n`);
}
