// One rule of a security group: who may talk to its instances, or whom they may talk to, and how.
import { z } from 'zod';
import { cloudId } from '../routes/fields.ts';
import { createSchema, updateSchema } from './requests.ts';
import { bodySchema } from './resource.ts';

const port = z.int().min(-1).max(65_535);
const directions = ['ingress', 'egress'] as const;

export const securityGroupRuleBodySchema = bodySchema('security-group-rule')
  .extend({
    securityGroupId: z.string(),
    direction: z.enum(directions),
    protocol: z.string().describe('`tcp`, `udp`, `icmp`, `icmpv6`, `all`, or the number of a protocol.'),
    fromPort: port.nullable().describe('With ICMP the type. Null: all.'),
    toPort: port.nullable().describe('With ICMP the code. Null: all.'),
    cidrBlock: z.string().nullable(),
    peerSecurityGroupId: z.string().nullable(),
    description: z.string().nullable(),
  })
  .meta({ id: 'SecurityGroupRuleBody' });
export type SecurityGroupRuleBody = z.infer<typeof securityGroupRuleBodySchema>;

const protocol = z
  .string()
  .regex(/^(tcp|udp|icmp|icmpv6|all|\d{1,3})$/, 'must be tcp, udp, icmp, icmpv6, all or a number');

export const securityGroupRuleCreateSchema = createSchema({
  securityGroupId: cloudId,
  direction: z.enum(directions),
  protocol,
  fromPort: port.optional(),
  toPort: port.optional(),
  cidrBlock: z.union([z.cidrv4(), z.cidrv6()]).optional(),
  peerSecurityGroupId: cloudId.optional(),
  description: z.string().max(255).optional(),
})
  .refine((rule) => (rule.cidrBlock === undefined) !== (rule.peerSecurityGroupId === undefined), {
    message: 'exactly one of cidrBlock and peerSecurityGroupId is needed',
    path: ['cidrBlock'],
  })
  .refine(
    (rule) => rule.protocol === 'all' || (rule.fromPort === undefined) === (rule.toPort === undefined),
    {
      message: 'fromPort and toPort come together',
      path: ['toPort'],
    },
  );
export type SecurityGroupRuleCreate = z.output<typeof securityGroupRuleCreateSchema>;

export const securityGroupRuleUpdateSchema = updateSchema({
  protocol: protocol.optional(),
  fromPort: port.optional(),
  toPort: port.optional(),
  cidrBlock: z.union([z.cidrv4(), z.cidrv6()]).optional(),
  peerSecurityGroupId: cloudId.optional(),
  description: z.string().max(255).optional(),
});
export type SecurityGroupRuleUpdate = z.output<typeof securityGroupRuleUpdateSchema>;
