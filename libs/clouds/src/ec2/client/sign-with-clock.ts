// The SDK signs with the time of the machine; everything here goes by the gateway's clock, which a test can set.
import type { Clock } from '@cloud-gateway/clock';
import type { AuthScheme, RequestSigner } from '@smithy/types';

interface SigningClient {
  readonly config: { signer: (scheme?: AuthScheme) => Promise<RequestSigner> };
}

/** Makes a client of the SDK date its signatures by `clock`. Call it once, before the first call. */
export function signWithClock({ config }: SigningClient, clock: Clock): void {
  const makeSigner = config.signer;
  config.signer = async (scheme) => {
    const signer = await makeSigner(scheme);
    return {
      sign: (request, options) => signer.sign(request, { ...options, signingDate: new Date(clock.nowMs()) }),
    };
  };
}
