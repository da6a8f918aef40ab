/** A set-up to copy and paste: first the shell, then the program where there is one. Never with the secret. */
export interface Recipe {
  readonly tool: string;
  readonly text: string;
}

export interface RecipeInput {
  /** For HTTPS_PROXY: `http://gateway.example:3128`. */
  readonly proxyUrl: string;
  /** Where the proxy's root certificate is downloaded, through the proxy. */
  readonly certificateUrl: string;
  readonly accessKeyId: string;
  readonly region: string;
  /** Names the profile, and the file of the certificate: one per key, so that several can be set up side by side. */
  readonly profile: string;
}

/** What the reader puts in place of it was shown to him once. */
export const secretPlaceholder = '<the secret access key>';

/** Where the recipes keep the certificate, for use between double quotes in a shell. */
export function certificateFile({ profile }: Pick<RecipeInput, 'profile'>): string {
  return `$HOME/.aws/${profile}.pem`;
}
