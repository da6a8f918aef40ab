import { z } from 'zod';
import { noBody, nothing, timestamp } from '../fields.ts';
import { defineRoute } from '../route.ts';

const certificateAuthoritySchema = z
  .object({
    sha256Fingerprint: z.string(),
    subject: z.string(),
    notAfter: timestamp,
    pem: z.string(),
    lastSeenAt: timestamp.describe('When a proxy that signs with it was last at work.'),
  })
  .meta({ id: 'CertificateAuthority' });

export const certificateAuthorityListRoute = defineRoute({
  name: 'certificate-authority-list',
  method: 'GET',
  path: '/v1/certificate-authorities',
  tag: 'Certificate authorities',
  summary: 'List the root certificates of the proxies that are at work',
  description: 'One, unless proxies were started with different roots.',
  auth: 'none',
  params: nothing,
  query: nothing,
  body: noBody,
  answer: {
    status: 200,
    description: 'The roots, the one seen last first',
    schema: z.object({ items: z.array(certificateAuthoritySchema) }),
  },
});
