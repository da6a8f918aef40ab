// The bare SDK: lists every page and throws it away. Connections, paging and attempts are set as our own client has them.
import { Agent } from 'node:http';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Cost } from '../run/sample.ts';
import { benchAccount } from '../world/bench-account.ts';

export type SdkMethods = ReturnType<typeof createSdkProgram>;

export function createSdkProgram() {
  let ec2: EC2Client | undefined;

  return {
    start({ url }: { readonly url: string }): void {
      const { region, accessKeyId, secretAccessKey } = benchAccount;
      ec2 = new EC2Client({
        region,
        endpoint: url,
        credentials: { accessKeyId, secretAccessKey },
        maxAttempts: 1,
        requestHandler: new NodeHttpHandler({
          httpAgent: new Agent({ keepAlive: true, maxSockets: 100, timeout: 10_000 }),
          connectionTimeout: 3_000,
          requestTimeout: 10_000,
        }),
      });
    },

    async list(_: null): Promise<Cost & { readonly seen: number }> {
      if (ec2 === undefined) throw new Error('start comes first');
      const startedMs = performance.now();
      const before = process.cpuUsage();
      const seen = await listAll(ec2);
      const { user, system } = process.cpuUsage(before);
      return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1_000, seen };
    },
  };
}

async function listAll(ec2: EC2Client): Promise<number> {
  let seen = 0;
  let token: string | undefined;
  do {
    const page = await ec2.send(new DescribeInstancesCommand({ MaxResults: 1_000, NextToken: token }));
    for (const { Instances = [] } of page.Reservations ?? []) seen += Instances.length;
    token = page.NextToken || undefined;
  } while (token !== undefined);
  return seen;
}
