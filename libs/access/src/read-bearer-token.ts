import { GatewayError } from '@cloud-gateway/contracts';
import { isWellFormedToken, tokenPrefixes } from '@cloud-gateway/vault';

/** Gives the token of an Authorization header (RFC 6750 2.1). Throws `unauthenticated` with what to send instead. */
export function readBearerToken(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === '') {
    throw refused(
      'There is no Authorization header. Send Authorization: Bearer <token>; make one with POST /v1/tokens.',
    );
  }
  const [scheme = '', token = '', ...rest] = authorization.trim().split(/ +/);
  if (scheme.toLowerCase() !== 'bearer' || token === '' || rest.length > 0) {
    throw refused('The Authorization header cannot be read. It has to be: Bearer, a space, and one token.');
  }
  if (isWellFormedToken(token, tokenPrefixes.clientSecret)) {
    throw refused(
      'This is the secret of a client, not a token. Exchange it for a token with POST /v1/tokens.',
    );
  }
  if (!isWellFormedToken(token, tokenPrefixes.token)) {
    throw refused(
      `This is not a whole token of this gateway (${tokenPrefixes.token}_…): was it cut or changed?`,
    );
  }
  return token;
}

function refused(message: string): GatewayError {
  return new GatewayError('unauthenticated', { message });
}
