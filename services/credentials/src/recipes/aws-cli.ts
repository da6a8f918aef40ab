import { downloadCertificate } from './download-certificate.ts';
import { certificateFile, type Recipe, type RecipeInput, secretPlaceholder } from './recipe.ts';

export function awsCli(input: RecipeInput): Recipe {
  const { proxyUrl, accessKeyId, region, profile } = input;
  return {
    tool: 'AWS CLI',
    text: `# Once: a profile with the key and the certificate of the proxy.
${downloadCertificate(input)}
aws configure set aws_access_key_id '${accessKeyId}' --profile ${profile}
aws configure set aws_secret_access_key '${secretPlaceholder}' --profile ${profile}
aws configure set region '${region}' --profile ${profile}
aws configure set ca_bundle "${certificateFile(input)}" --profile ${profile}

# In each shell:
export HTTPS_PROXY='${proxyUrl}'
export AWS_PROFILE=${profile}
aws sqs list-queues
`,
  };
}
