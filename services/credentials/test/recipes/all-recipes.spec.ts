import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { allRecipes } from '../../src/recipes/all-recipes.ts';
import { secretPlaceholder } from '../../src/recipes/recipe.ts';

describe('allRecipes', () => {
  const recipes = allRecipes({
    proxyUrl: 'http://proxy.example:3128',
    certificateUrl: 'http://csg/cert/pem',
    accessKeyId: 'CGWEXAMPLEEXAMPLEXYZ',
    region: 'eu-west-1',
    profile: 'cloud-gateway-acr_x',
  });

  it('are there for each tool', () => {
    expect(recipes.map(({ tool }) => tool)).to.deep.equal([
      'AWS CLI',
      'Python (boto3)',
      'JavaScript (AWS SDK v3)',
      'Java (AWS SDK v2)',
      'Go (AWS SDK v2)',
      'Terraform (AWS provider)',
    ]);
  });

  for (const { tool, text } of recipes) {
    it(`say all that ${tool} needs`, () => {
      for (const fact of [
        'http://proxy.example:3128',
        'http://csg/cert/pem',
        'CGWEXAMPLEEXAMPLEXYZ',
        'eu-west-1',
      ]) {
        expect(text).to.contain(fact);
      }
      expect(text).to.contain(secretPlaceholder).and.to.contain('.aws/cloud-gateway-acr_x.p');
    });

    it(`are text that a shell reads: ${tool}`, () => {
      const { status, stderr } = spawnSync('bash', ['-n'], {
        input: text,
        encoding: 'utf8',
        timeout: 10_000,
      });

      expect(stderr).to.equal('');
      expect(status).to.equal(0);
    });
  }
});
