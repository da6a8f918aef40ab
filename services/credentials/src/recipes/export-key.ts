import { type RecipeInput, secretPlaceholder } from './recipe.ts';

/** The shell lines that hand the key to whatever reads AWS's own variables. */
export function exportKey({ accessKeyId, region }: RecipeInput): string {
  return `export AWS_ACCESS_KEY_ID='${accessKeyId}'
export AWS_SECRET_ACCESS_KEY='${secretPlaceholder}'
export AWS_REGION='${region}' AWS_DEFAULT_REGION='${region}'`;
}
