export { formatAmzDate } from './amz-date.ts';
export { type ChunkChain, type ChunkChainStart, createChunkChain } from './chunk-chain.ts';
export { type ChunkResigner, type ChunkResignerInput, createChunkResigner } from './chunk-resigner.ts';
export type { CredentialScope } from './credential-scope.ts';
export type { HeaderIndex } from './header-index.ts';
export { parseAuthorization } from './parse-authorization.ts';
export type { ParsedSignature } from './parsed-signature.ts';
export type { PayloadMode, SignedBody, StreamingPayload } from './payload-mode.ts';
export { unsignedPayload } from './payload-mode.ts';
export { type PresignRequestInput, presignRequest } from './presign-request.ts';
export { type ChunkedBody, readChunkedBody } from './read-chunked-body.ts';
export type { Refusal, RefusalReason } from './refusal.ts';
export type { RawHeaders, RequestHead } from './request.ts';
export { type ResignedRequest, type ResignRequestInput, resignRequest } from './resign-request.ts';
export { emptySha256, sha256Hex } from './sha256.ts';
export { type SigningCredentials, type SignRequestInput, signRequest } from './sign-request.ts';
export { signatureHeaders } from './signature-headers.ts';
export { deriveSigningKey } from './signing-key.ts';
export { createSigningKeyCache, type SigningKeyCache, type SigningSecret } from './signing-key-cache.ts';
export {
  type Verification,
  type Verified,
  type VerifySignatureInput,
  verifySignature,
} from './verify-signature.ts';
