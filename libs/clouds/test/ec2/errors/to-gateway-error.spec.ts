import { GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { NotSent, wasSurelyNotSent } from '../../../src/ec2/errors/not-sent.ts';
import { toGatewayError } from '../../../src/ec2/errors/to-gateway-error.ts';

const call = { what: 'ec2 us-east-1 StartInstances', aborted: false, secrets: ['s3cr3t', 'tok3n'] };

function awsException(name: string, message: string, status: number, headers: Record<string, string> = {}) {
  return Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status, requestId: 'req-7' },
    $response: { headers },
  });
}

function systemError(code: string, syscall?: string) {
  return Object.assign(new Error(`${syscall ?? 'read'} ${code}`), { code, ...(syscall && { syscall }) });
}

describe('toGatewayError', () => {
  it("carries AWS's own code, request id and message", () => {
    const error = toGatewayError(awsException('IncorrectInstanceState', 'It is stopping.', 400), call);

    expect(error.code).to.equal('cloud-conflict');
    expect(error.cloud).to.deep.equal({ code: 'IncorrectInstanceState', requestId: 'req-7' });
    expect(error.message).to.equal('ec2 us-east-1 StartInstances: It is stopping.');
  });

  it('takes secrets and the canonical request out of the message', () => {
    const said =
      "The signature does not match s3cr3t tok3n.\n\nThe Canonical String was 'x-amz-security-token:tok3n'";

    const { message } = toGatewayError(awsException('SignatureDoesNotMatch', said, 403), call);

    expect(message).to.equal('ec2 us-east-1 StartInstances: The signature does not match [secret] [secret].');
  });

  it('says when to come back after throttling', () => {
    const told = toGatewayError(
      awsException('Throttling', 'Rate exceeded', 400, { 'retry-after': '7' }),
      call,
    );
    const untold = toGatewayError(awsException('RequestLimitExceeded', 'Rate exceeded', 503), call);

    expect([told.code, told.retryAfterMs]).to.deep.equal(['cloud-throttled', 7_000]);
    expect([untold.code, untold.retryAfterMs]).to.deep.equal(['cloud-throttled', 2_000]);
  });

  for (const name of ['Unknown', 'Error']) {
    it(`takes an answer that cannot be read (${name}) for a failure of the cloud`, () => {
      const error = toGatewayError(awsException(name, 'XML parse error', 502), call);

      expect(error.code).to.equal('cloud-failed');
      expect(error.cloud?.code).to.equal('HTTP 502');
    });
  }

  for (const [what, raw, code] of [
    ['a refused connection', systemError('ECONNREFUSED', 'connect'), 'cloud-unreachable'],
    ['an unknown host', systemError('ENOTFOUND', 'getaddrinfo'), 'cloud-unreachable'],
    [
      'a reset connection',
      Object.assign(systemError('ECONNRESET'), { name: 'TimeoutError' }),
      'cloud-unreachable',
    ],
    ['a certificate that is not trusted', systemError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'cloud-unreachable'],
    ['no answer in time', Object.assign(systemError('ETIMEDOUT'), { name: 'TimeoutError' }), 'cloud-timeout'],
    [
      'a connection that takes too long',
      Object.assign(new Error('the socket did not establish a connection with the server within 1 ms'), {
        name: 'TimeoutError',
      }),
      'cloud-unreachable',
    ],
    ['an abort', Object.assign(new Error('Request aborted'), { name: 'AbortError' }), 'cloud-timeout'],
    ['a fault of ours', new TypeError('x is not a function'), 'internal'],
    ['what is no error', 'oops', 'internal'],
  ] as const) {
    it(`calls ${what} ${code}`, () => {
      expect(toGatewayError(raw, call).code).to.equal(code);
    });
  }

  it('lets a GatewayError pass, also from inside NotSent', () => {
    const skew = new GatewayError('cloud-clock-skew', { message: 'far off' });

    expect(toGatewayError(skew, call)).to.equal(skew);
    expect(toGatewayError(new NotSent(skew), call)).to.equal(skew);
  });
});

describe('wasSurelyNotSent', () => {
  it('knows what cannot have reached the cloud', () => {
    const sure = [
      new NotSent(new Error('any')),
      systemError('ECONNREFUSED', 'connect'),
      systemError('EAI_AGAIN', 'getaddrinfo'),
      systemError('CERT_HAS_EXPIRED'),
    ];

    expect(sure.map(wasSurelyNotSent)).to.deep.equal([true, true, true, true]);
  });

  it('is not sure of a reset, a timeout and an answer', () => {
    const unsure = [
      systemError('ECONNRESET'),
      systemError('ETIMEDOUT'),
      awsException('InternalError', '', 500),
    ];

    expect(unsure.map(wasSurelyNotSent)).to.deep.equal([false, false, false]);
  });
});
