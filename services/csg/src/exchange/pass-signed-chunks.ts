// A body whose every chunk is signed: each is verified by the client's key and signed again by ours.
import { createChunkResigner, type Refusal, readChunkedBody } from '@cloud-gateway/sigv4';
import type { BodyPassInput } from './body-pass-input.ts';
import type { BodyPass, PassResult } from './pass-body.ts';
import { RefusedCall } from './refused-call.ts';

/** Throws RefusedCall when the head does not say how long the body is. */
export function passSignedChunks({ admitted, credentials, signed, signingKeys }: BodyPassInput): BodyPass {
  const { parsed, key } = admitted;
  const chunks = readChunkedBody(parsed);
  if (chunks === undefined) throw new TypeError('This body is not signed in chunks.');
  if ('reason' in chunks) throw new RefusedCall('malformed-signature', chunks.message, { closes: true });
  const resigner = createChunkResigner({
    verify: {
      signature: parsed.signature,
      amzDate: parsed.amzDate,
      scope: parsed.scope,
      secret: key.secret,
      signingKeys,
    },
    sign: {
      signature: signed.signature,
      amzDate: signed.amzDate,
      scope: signed.scope,
      secret: credentials.secret,
      signingKeys,
    },
    ...chunks,
  });
  return {
    push(piece) {
      const out = resigner.push(piece);
      return 'reason' in out ? refused(out) : { ok: true, out };
    },
    end() {
      const refusal = resigner.end();
      return refusal ? refused(refusal) : { ok: true, out: [] };
    },
  };
}

function refused({ reason, message }: Refusal): PassResult {
  const kind = reason === 'chunk-signature-mismatch' ? reason : 'malformed-request';
  return { ok: false, kind, message };
}
