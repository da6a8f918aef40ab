/** What is there before anybody makes anything. */
export interface Given {
  /** An image that everybody may use. */
  readonly imageId: string;
  readonly instanceType: string;
  readonly datacenter: string;
}
