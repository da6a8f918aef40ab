/** Tells whether a network or subnet has the block. One that was taken away stays in EC2's answers for a while. */
export function isAssociated(state: { readonly State?: string | undefined } | undefined): boolean {
  return state?.State === undefined || state.State === 'associated';
}
