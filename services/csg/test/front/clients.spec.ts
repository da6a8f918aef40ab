// Real clients against the front, each of which checks the certificate in its own way. Those that are not there are skipped.
import { writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { eventually, runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { hasProgram } from '../certificates/has-program.ts';
import { temporaryFolder } from '../certificates/temporary-folder.ts';
import { RawClient } from './raw-client.ts';
import { awsHost, startTestFront, type TestFront } from './test-front.ts';

describe('clients of the front', function () {
  this.timeout(60_000);
  const at = temporaryFolder();
  const bucketHost = 'bucket.s3.us-east-1.amazonaws.com';
  let gateway: TestFront;
  let proxy: string;

  beforeEach(async () => {
    gateway = await startTestFront();
    proxy = `http://127.0.0.1:${gateway.port}`;
    await writeFile(at('root.pem'), gateway.root.certificatePem);
  });
  afterEach(() => gateway.stop());

  async function run(program: string, ...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await runCommand(program, args);
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  describe('curl', () => {
    before(function () {
      if (!hasProgram('curl')) this.skip();
    });

    const curl = (...args: string[]) => run('curl', '-sS', '--max-time', '20', ...args);

    it('gets the root through the proxy, trusts it, and calls AWS', async () => {
      await curl('-x', proxy, '-o', at('fetched.pem'), 'http://csg/cert/pem');
      const answer = await curl('-x', proxy, '--cacert', at('fetched.pem'), `https://${bucketHost}/`);
      expect(answer).to.equal(`proxy ${bucketHost} full\n`);
    });

    it('calls the gateway as an endpoint', async () => {
      const answer = await curl('--cacert', at('root.pem'), `https://localhost:${gateway.port}/`);
      expect(answer).to.equal('endpoint localhost full\n');
    });

    it('does not trust it without the root, which is worth one line of information', async () => {
      const err = await curl('-x', proxy, `https://${awsHost}/`).catch(String);
      expect(err).to.match(/ended with 60/);
      await eventually(() => gateway.front.connections === 0);
      const lines = gateway.logged.filter(({ level }) => level !== 'debug');
      expect(lines).to.deep.equal([
        {
          level: 'info',
          message: 'TLS failed',
          clientAddress: '127.0.0.1',
          host: awsHost,
          isSecure: false,
          reason: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
        },
      ]);
    });

    it('shows why a host is refused', async () => {
      const { stdout } = await runCommand('curl', ['-sSi', '-x', proxy, `http://${awsHost}/`]);
      expect(stdout).to.match(/^HTTP\/1\.1 403 Forbidden\r\n.*Plain HTTP to AWS is refused/s);
    });
  });

  it("Node's https calls through a tunnel", async () => {
    const tunnel = await RawClient.connect(gateway.port, awsHost);
    const agent = new Agent({ keepAlive: false });
    const text = await new Promise<string>((resolve, reject) => {
      const call = request({
        host: awsHost,
        agent,
        ca: gateway.root.certificatePem,
        socket: tunnel.socket,
      } as object);
      call.once('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          body += chunk;
        });
        response.once('end', () => resolve(body));
      });
      call.once('error', reject).end();
    });
    expect(text).to.equal(`proxy ${awsHost} full\n`);
    agent.destroy();
  });

  it('Python calls as botocore does', async function () {
    if (!hasProgram('python3')) this.skip();
    const program = `
import http.client, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
connection = http.client.HTTPSConnection('127.0.0.1', int(sys.argv[1]), context=context, timeout=20)
connection.set_tunnel('${bucketHost}', 443)
connection.request('GET', '/')
print(connection.getresponse().read().decode(), end='')
connection.request('GET', '/again')
print(connection.getresponse().status)
`;
    const text = await run('python3', '-c', program, String(gateway.port), at('root.pem'));
    expect(text).to.equal(`proxy ${bucketHost} full\n200\n`);
    expect(gateway.opened).to.have.length(1);
  });

  it('Java trusts the certificate and resumes', async function () {
    if (!hasProgram('java') || !hasProgram('keytool')) this.skip();
    const store = ['-keystore', at('trust.p12'), '-storepass', 'changeit', '-noprompt'];
    await run('keytool', '-importcert', '-alias', 'root', '-file', at('root.pem'), ...store);
    await writeFile(at('Call.java'), javaProgram);
    const trust = [
      `-Djavax.net.ssl.trustStore=${at('trust.p12')}`,
      '-Djavax.net.ssl.trustStorePassword=changeit',
    ];
    const source = at('Call.java');
    const help = await runCommand('java', [...trust, source, String(gateway.port), bucketHost], {
      timeoutMs: 50_000,
    });
    if (/Could not find or load main class|compiler/.test(help.stderr)) this.skip(); // a Java without a compiler
    expect(help.stdout, help.stderr).to.equal(`proxy ${bucketHost} full\nproxy ${bucketHost} resumed\n`);
  });

  it('Go trusts the certificate', async function () {
    if (!hasProgram('go')) this.skip();
    await writeFile(at('call.go'), goProgram);
    const environment = { HOME: at(), GOCACHE: at('cache'), GOFLAGS: '-mod=mod', GO111MODULE: 'off' };
    const args = ['run', at('call.go'), proxy, at('root.pem'), `https://${bucketHost}/`];
    const { stdout, stderr } = await runCommand('go', args, { env: environment, timeoutMs: 55_000 });
    expect(stdout, stderr).to.equal(`proxy ${bucketHost} full\n`);
  });
});

const javaProgram = `
import java.net.*;
import java.nio.charset.StandardCharsets;

public class Call {
  public static void main(String[] args) throws Exception {
    Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
    for (int call = 0; call < 2; call++) {
      URLConnection connection = new URL("https://" + args[1] + "/").openConnection(proxy);
      connection.setRequestProperty("Connection", "close");
      connection.setConnectTimeout(20000);
      connection.setReadTimeout(20000);
      byte[] body = connection.getInputStream().readAllBytes();
      System.out.print(new String(body, StandardCharsets.UTF_8));
      ((HttpURLConnection) connection).disconnect();
    }
  }
}
`;

const goProgram = `
package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"os"
)

func main() {
	proxy, _ := url.Parse(os.Args[1])
	pem, _ := os.ReadFile(os.Args[2])
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	transport := &http.Transport{
		Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true,
	}
	response, err := (&http.Client{Transport: transport}).Get(os.Args[3])
	if err != nil {
		panic(err)
	}
	io.Copy(os.Stdout, response.Body)
}
`;
