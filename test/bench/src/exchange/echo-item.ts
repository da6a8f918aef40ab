import { z } from 'zod';

/** What the measured request carries: as deep, as long and as strictly checked as a real launch. */
export const echoItemSchema = z.strictObject({
  name: z.string().min(1).max(255),
  image: z.string().regex(/^ami-[0-9a-f]{17}$/),
  instanceType: z.string().min(1).max(64),
  count: z.int().min(1).max(100),
  subnet: z.string().startsWith('subnet-'),
  monitored: z.boolean(),
  securityGroups: z.array(z.string().startsWith('sg-')).max(16),
  disks: z
    .array(
      z.strictObject({
        device: z.string().startsWith('/dev/'),
        gigabytes: z.int().min(1).max(16_384),
        encrypted: z.boolean(),
      }),
    )
    .max(26),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)),
  userData: z.base64().max(16_384),
});

export type EchoItem = z.infer<typeof echoItemSchema>;
