// All that can be set about the simulator. The keys below are for demonstrations: they open nothing but the simulator,
// and are spelled so that no scanner takes them for real ones.
import { z } from 'zod';
import { pagingModes } from './listing/paging.ts';

const accountId = z.string().regex(/^\d{12}$/, 'an AWS account id has 12 digits');

export const userSchema = z.object({
  accessKeyId: z.string().regex(/^\w{16,128}$/),
  secretAccessKey: z.string().min(1),
  accountId,
  userName: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  /** Actions this user may not do, with wildcards: `ec2:RunInstances`, `ec2:Describe*`. */
  deniedActions: z.array(z.string()).default([]),
});

const roleSchema = z.object({
  accountId,
  roleName: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  /** Accounts whose users may assume the role. */
  trustedAccountIds: z.array(accountId),
  /** When set, AssumeRole must come with it. */
  externalId: z.string().optional(),
  deniedActions: z.array(z.string()).default([]),
  sessionSecondsMax: z.int().min(900).max(43_200).default(3600),
});

export const demoUsers = [
  {
    accessKeyId: 'SIMDEMOACCOUNTONE',
    secretAccessKey: 'demo-secret-of-account-one',
    accountId: '123456789012',
    userName: 'demo-one',
  },
  {
    accessKeyId: 'SIMDEMOACCOUNTTWO',
    secretAccessKey: 'demo-secret-of-account-two',
    accountId: '210987654321',
    userName: 'demo-two',
  },
] as const satisfies z.input<typeof userSchema>[];

/** Account two lets account one in, if it knows the external id. */
export const demoRoles = [
  {
    accountId: '210987654321',
    roleName: 'gateway',
    trustedAccountIds: ['123456789012'],
    externalId: 'demo-external-id',
  },
] as const satisfies z.input<typeof roleSchema>[];

export const simulatorConfigSchema = z.object({
  host: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on. It has no other lock than the signatures: keep it on loopback.'),
  port: z.int().min(0).max(65_535).default(0).describe('Port to listen on; 0 takes a free one.'),
  tls: z
    .object({ certPem: z.string(), keyPem: z.string() })
    .optional()
    .describe('Certificate and key in PEM; with them it speaks HTTPS, without them HTTP.'),
  regions: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/))
    .min(1)
    .default(['us-east-1', 'us-west-2', 'eu-west-1']),
  users: z.array(userSchema).default(() => demoUsers.map((user) => userSchema.parse(user))),
  roles: z.array(roleSchema).default(() => demoRoles.map((role) => roleSchema.parse(role))),
  transitionMs: z
    .int()
    .min(0)
    .default(1500)
    .describe('How long pending, stopping, shutting-down and a new image take.'),
  terminatedLingerMs: z
    .int()
    .min(0)
    .default(3_600_000)
    .describe('How long a terminated instance is still listed.'),
  lagMs: z.int().min(0).default(0).describe('How long a new resource stays invisible to Describe calls.'),
  changeLagMs: z
    .int()
    .min(0)
    .default(0)
    .describe('How long Describe calls show a resource as it was before a change.'),
  paging: z.enum(pagingModes).default('mild').describe('How odd the pages are: none, mild or harsh.'),
  instancesMax: z.int().min(1).default(20_000).describe('Limit of instances per account and region.'),
  bodyBytesMax: z
    .int()
    .min(1)
    .default(16_777_216)
    .describe('Larger request bodies are answered 413; uploads to S3 have no limit.'),
  objectBytesKept: z
    .int()
    .min(0)
    .default(1_048_576)
    .describe('Of a larger S3 object only its length and hashes are kept.'),
});

export type SimulatorConfig = z.infer<typeof simulatorConfigSchema>;
/** What start() takes: everything has a default. */
export type SimulatorSettings = z.input<typeof simulatorConfigSchema>;
export type UserConfig = z.infer<typeof userSchema>;
export type RoleConfig = z.infer<typeof roleSchema>;
