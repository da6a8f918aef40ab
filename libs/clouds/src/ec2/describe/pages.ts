// A page of AWS can be short or even empty and still have a successor: only the absence of the token ends a listing.
import { GatewayError } from '@cloud-gateway/contracts';

interface Page {
  readonly NextToken?: string | undefined;
}

export async function* pages<P extends Page>(
  fetchPage: (token: { NextToken?: string }) => Promise<P>,
): AsyncGenerator<P, void, undefined> {
  let token: string | undefined;
  do {
    const page = await fetchPage(token === undefined ? {} : { NextToken: token });
    yield page;
    // An empty element <nextToken/> is how EC2 says that there is none.
    const next = page.NextToken === '' ? undefined : page.NextToken;
    if (next !== undefined && next === token) throw repeated();
    token = next;
  } while (token !== undefined);
}

function repeated(): GatewayError {
  return new GatewayError('cloud-failed', {
    message: 'the cloud answered the same page token twice in a row',
  });
}
