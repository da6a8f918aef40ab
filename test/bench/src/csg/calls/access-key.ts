/** A key that signs calls: one that our gateway has issued, or one of the cloud. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
