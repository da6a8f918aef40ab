import { downloadCertificate } from './download-certificate.ts';
import { exportKey } from './export-key.ts';
import { certificateFile, type Recipe, type RecipeInput } from './recipe.ts';

export function boto3(input: RecipeInput): Recipe {
  return {
    tool: 'Python (boto3)',
    text: `# Once:
${downloadCertificate(input)}

# In each shell; the program stays as it is. A profile made by the AWS CLI does as well: AWS_PROFILE=${input.profile}
export HTTPS_PROXY='${input.proxyUrl}'
export AWS_CA_BUNDLE="${certificateFile(input)}"
${exportKey(input)}

# For presigned URLs of S3: boto3.client('s3', config=botocore.config.Config(signature_version='s3v4'))
python3 - <<'PROGRAM'
import boto3

print(boto3.client('sqs').list_queues().get('QueueUrls', []))
PROGRAM
`,
  };
}
