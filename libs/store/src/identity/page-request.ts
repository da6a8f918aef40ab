/** A page of a list in the order of its id. To learn whether there are more, ask for one more than is shown. */
export interface PageRequest {
  /** The last id of the page before; absent for the first page. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}
