// The set-ups that the details of a request show, executed as they are; only the secret is filled in, by the one who
// holds it.
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SQS } from '@aws-sdk/client-sqs';
import { type CommandResult, runCommand, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type IssuedKey, issueKey } from '../../src/csg/issue-key.ts';
import { createClients } from '../../src/csg/javascript/clients.ts';
import { provideAwsCli, providePython } from '../../src/csg/provide-aws-tools.ts';
import { useProxyWorld } from '../../src/csg/use-proxy-world.ts';
import { homeEnvironment } from '../../src/csg/user-environment.ts';

describe('the proxy door: the recipes', function () {
  this.timeout(90_000);
  const world = useProxyWorld();
  let key: IssuedKey;

  before(async () => {
    const { gateway, rootPem } = world();
    key = await issueKey(world(), { services: ['sqs'] });
    const clients = createClients({ proxyUrl: gateway.proxyUrl, rootPem });
    await clients.of(key)(SQS).createQueue({ QueueName: 'of-the-recipe' });
    clients.close();
  });
  afterEach(() => expect(world().gateway.errors()).to.deep.equal([]));

  it('AWS CLI', async function () {
    this.timeout(serverStartTimeoutMs * 3);
    const cli = await provideAwsCli();
    if ('missing' in cli) return skip(this, cli.missing);
    await expectTheQueue(await follow('AWS CLI'));
  });

  it('Python (boto3)', async function () {
    this.timeout(serverStartTimeoutMs * 3);
    const python = await providePython();
    if ('missing' in python) return skip(this, python.missing);
    await expectTheQueue(await follow('Python (boto3)', { python3: python.program }));
  });

  it('JavaScript (AWS SDK v3)', async () => {
    // What the recipe installs is there already: no test needs the network.
    const folder = await newFolder('javascript');
    const require = createRequire(import.meta.url);
    const installed = require.resolve('@aws-sdk/client-sqs').replace(/(node_modules)[\\/].*$/, '$1');
    await symlink(installed, path.join(folder, 'node_modules'));
    await expectTheQueue(
      await follow('JavaScript (AWS SDK v3)', { node: process.execPath, npm: 'true' }, folder),
    );
  });

  it('Java (AWS SDK v2): its trust store, with Java’s own TLS', async function () {
    const java = await runCommand('java', ['--list-modules']).catch(() => undefined);
    if (!java?.stdout.includes('jdk.compiler')) return skip(this, 'there is no JDK');
    // The AWS SDK for Java is not on the machine: in its place a program that only shakes hands.
    const folder = await newFolder('java');
    await writeFile(path.join(folder, 'Connect.java'), javaProgram(world().gateway.proxyUrl));
    const { status, stdout, stderr } = await follow('Java (AWS SDK v2)', {}, folder, 'java Connect.java');
    expect(status, stderr).to.equal(0);
    expect(stdout.trim().split('\n').at(-1)).to.equal('403');
  });

  for (const [tool, program] of [
    ['Go (AWS SDK v2)', 'go'],
    ['Terraform (AWS provider)', 'terraform'],
  ] as const) {
    it(`${tool}: is shell, and fetches the certificate`, async () => {
      // What it would download (the SDK, the provider) is not on the machine: so its last line is not executed.
      const folder = await newFolder(program);
      const text = `cd "${folder}"\n${recipe(tool).replace(/\n(go run|terraform plan).*\n$/, '\n')}`;
      const { status, stderr } = await runCommand('bash', ['-e', '-c', text], environment(folder));
      expect(status, stderr).to.equal(0);
    });
  }

  function recipe(tool: string): string {
    const text = key.recipes.find((each) => each.tool === tool)?.text;
    if (text === undefined) throw new Error(`There is no recipe for ${tool}`);
    expect(text).to.include('<the secret access key>');
    expect(text).to.not.include(key.secretAccessKey);
    return text.replace('<the secret access key>', key.secretAccessKey);
  }

  /** `programs`: what these names in the recipe mean. */
  async function follow(
    tool: string,
    programs: Readonly<Record<string, string>> = {},
    folder?: string,
    lastLine = '',
  ): Promise<CommandResult> {
    const where = folder ?? (await newFolder(tool.replaceAll(/\W/g, '')));
    const bin = path.join(where, 'bin');
    await mkdir(bin);
    for (const [name, program] of Object.entries(programs)) {
      await writeFile(path.join(bin, name), `#!/bin/sh\nexec ${program} "$@"\n`);
      await chmod(path.join(bin, name), 0o755);
    }
    const text = `cd "${where}"\nPATH="${bin}:$PATH"\n${recipe(tool)}\n${lastLine}`;
    return runCommand('bash', ['-e', '-c', text], { ...environment(where), timeoutMs: 60_000 });
  }

  function environment(folder: string) {
    return { env: homeEnvironment(folder) };
  }

  async function newFolder(name: string): Promise<string> {
    const folder = path.join(world().gateway.folder, name);
    await mkdir(folder);
    return folder;
  }

  async function expectTheQueue({ status, stdout, stderr }: CommandResult): Promise<void> {
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(listed);
  }
});

// The AWS CLI asks by the host that SQS had before, and is answered with it.
const listed = /https:\/\/(sqs\.us-east-1|queue)\.amazonaws\.com\/\d{12}\/of-the-recipe/;

function skip(context: Mocha.Context, why: string): void {
  console.log(`      skipped: ${why}`);
  context.skip();
}

function javaProgram(proxyUrl: string): string {
  const { hostname, port } = new URL(proxyUrl);
  return `
import java.net.*;

class Connect {
  public static void main(String[] args) throws Exception {
    var proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("${hostname}", ${port}));
    var connection = (HttpURLConnection) new URL("https://sns.us-east-1.amazonaws.com/").openConnection(proxy);
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(10_000);
    System.out.println(connection.getResponseCode());
  }
}
`;
}
