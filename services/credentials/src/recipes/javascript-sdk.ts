import { downloadCertificate } from './download-certificate.ts';
import { exportKey } from './export-key.ts';
import { certificateFile, type Recipe, type RecipeInput } from './recipe.ts';

// hpagent, because the agents of https-proxy-agent 9 open a connection for every request and leave the old ones open.
export function javascriptSdk(input: RecipeInput): Recipe {
  return {
    tool: 'JavaScript (AWS SDK v3)',
    text: `# Once:
${downloadCertificate(input)}
npm install @aws-sdk/client-sqs @smithy/node-http-handler hpagent

# In each shell. Node.js reads this variable when it starts; the SDK looks neither at AWS_CA_BUNDLE nor at HTTPS_PROXY.
export NODE_EXTRA_CA_CERTS="${certificateFile(input)}"
${exportKey(input)}

cat > list-queues.mjs <<'PROGRAM'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'hpagent';

// One for all clients, so that they share its connections.
const requestHandler = new NodeHttpHandler({
  httpsAgent: new HttpsProxyAgent({ proxy: '${input.proxyUrl}', keepAlive: true, maxSockets: 50 }),
});
const sqs = new SQSClient({ requestHandler });
console.log((await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []);
PROGRAM
node list-queues.mjs
`,
  };
}
