/** The numbers (from 1) of the lines that hold a secret as it is, escaped as in JSON or a URL, or in any base64. */
export function findSecrets(text: string, secrets: string[]): number[] {
  const needles = secrets.flatMap(writtenForms);
  return text
    .split('\n')
    .flatMap((line, index) => (needles.some((needle) => line.includes(needle)) ? [index + 1] : []));
}

function writtenForms(secret: string): string[] {
  const plain = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  const base64 = [0, 1, 2].map((offset) => base64Core(secret, offset));
  const base64url = base64.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([...plain, ...base64, ...base64url])];
}

// Base64 writes three bytes as four characters, so a secret looks different at each of three offsets in a longer text (such
// as `user:secret`). The first and last characters also depend on its neighbours: they are left out.
function base64Core(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const wholeBytes = bytes.length - (bytes.length % 3);
  return bytes
    .subarray(0, wholeBytes)
    .toString('base64')
    .slice(offset === 0 ? 0 : 4);
}
