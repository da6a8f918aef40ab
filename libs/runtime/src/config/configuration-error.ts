// Thrown when the environment holds values that cannot be used. It lists every wrong value at once, so that a person
// corrects them in one go, and it never holds the value of a secret.

export interface ConfigurationIssue {
  /** Name of the environment variable; '' when the issue is about several. */
  readonly name: string;
  readonly message: string;
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly issues: readonly ConfigurationIssue[];

  constructor(issues: readonly ConfigurationIssue[]) {
    super(issues.map(toLine).join('\n'));
    this.issues = issues;
  }
}

/** Tells whether `value` is a ConfigurationError, of this or another copy of the package. */
export function isConfigurationError(value: unknown): value is ConfigurationError {
  return value instanceof Error && value.name === 'ConfigurationError';
}

function toLine({ name, message }: ConfigurationIssue): string {
  return name === '' ? message : `${name}: ${message}`;
}
