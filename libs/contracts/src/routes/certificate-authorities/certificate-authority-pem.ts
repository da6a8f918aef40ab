import { z } from 'zod';
import { noBody, nothing } from '../fields.ts';
import { defineRoute } from '../route.ts';

export const certificateAuthorityPemRoute = defineRoute({
  name: 'certificate-authority-pem',
  method: 'GET',
  path: '/v1/certificate-authorities/pem',
  tag: 'Certificate authorities',
  summary: 'Download the root certificates for AWS_CA_BUNDLE',
  auth: 'none',
  params: nothing,
  query: nothing,
  body: noBody,
  answer: { status: 200, description: 'PEM text, one certificate after the other', schema: z.string() },
  errors: ['not-found'],
});
