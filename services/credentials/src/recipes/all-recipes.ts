import { awsCli } from './aws-cli.ts';
import { boto3 } from './boto3.ts';
import { goSdk } from './go-sdk.ts';
import { javaSdk } from './java-sdk.ts';
import { javascriptSdk } from './javascript-sdk.ts';
import type { Recipe, RecipeInput } from './recipe.ts';
import { terraform } from './terraform.ts';

/** How each tool is set up, in the order of showing. */
export function allRecipes(input: RecipeInput): Recipe[] {
  return [awsCli, boto3, javascriptSdk, javaSdk, goSdk, terraform].map((recipe) => recipe(input));
}
