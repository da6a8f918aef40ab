import { certificateFile, type RecipeInput } from './recipe.ts';

/** The shell lines that fetch the proxy's root certificate, by which its answers are trusted. */
export function downloadCertificate(input: RecipeInput): string {
  const { proxyUrl, certificateUrl } = input;
  return `mkdir -p "$HOME/.aws"
curl -fsS -x '${proxyUrl}' -o "${certificateFile(input)}" ${certificateUrl}`;
}
