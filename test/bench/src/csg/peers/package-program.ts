export interface PackageProgramInput {
  /** Of the installed package. */
  readonly mainFile: string;
  /** Its own. */
  readonly folder: string;
  readonly authority: string;
  readonly authorityFile: string;
  readonly cloudPort: number;
}

/** A program around a package that is installed on demand. */
export interface PackageProgram {
  [name: string]: (input: never) => unknown;
  /** `authority`: PEM, of the certificates that it makes. */
  start(input: PackageProgramInput): Promise<{ port: number; authority: string }>;
}
