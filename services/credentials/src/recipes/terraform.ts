import { downloadCertificate } from './download-certificate.ts';
import { exportKey } from './export-key.ts';
import type { Recipe, RecipeInput } from './recipe.ts';

export function terraform(input: RecipeInput): Recipe {
  return {
    tool: 'Terraform (AWS provider)',
    text: `# Once:
${downloadCertificate(input)}

# In each shell, after "terraform init": what that downloads is no AWS service, and not reached through the gateway.
export HTTPS_PROXY='${input.proxyUrl}'
${exportKey(input)}

cat > provider.tf <<'CONFIGURATION'
provider "aws" {
  region           = "${input.region}"
  custom_ca_bundle = pathexpand("~/.aws/${input.profile}.pem")

  # Without these the provider first asks STS and IAM, which are refused unless they were requested too.
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
CONFIGURATION
terraform plan
`,
  };
}
