import { request } from 'node:http';

/** `curl -x <proxy> http://csg/cert/pem`: how the original's users got the certificate, too. */
export function downloadRoot(proxyUrl: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(proxyUrl, {
      path: 'http://csg/cert/pem',
      headers: { host: 'csg' },
      agent: false,
      signal: AbortSignal.timeout(10_000),
    });
    asking.once('error', reject);
    asking.once('response', (answer) => {
      let text = '';
      answer.setEncoding('latin1').on('data', (piece: string) => {
        text += piece;
      });
      answer.once('error', reject);
      answer.once('end', () =>
        answer.statusCode === 200
          ? resolve(text)
          : reject(new Error(`The root was answered ${answer.statusCode}: ${text}`)),
      );
    });
    asking.end();
  });
}
