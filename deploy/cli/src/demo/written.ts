/** The document in the answer to a write; throws for the answer to a dry run, which has none. */
export function written<Answer extends object>(answer: Answer): Exclude<Answer, { readonly dryRun: true }> {
  if ('dryRun' in answer) throw new Error('The gateway has only tried it out.');
  return answer as Exclude<Answer, { readonly dryRun: true }>;
}
