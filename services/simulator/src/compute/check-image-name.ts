// The name of a new image: of certain characters, and of no other image of the account in the region.
import { AwsError } from '../aws-error.ts';
import type { RegionState } from './region-state.ts';

export function checkImageName(name: string, state: Pick<RegionState, 'ownImages'>): void {
  checkImageNameForm(name);
  const taken = state.ownImages().find((image) => image.name === name && image.state !== 'deregistered');
  if (taken) {
    throw new AwsError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${taken.id}`);
  }
}

export function checkImageNameForm(name: string): void {
  if (/^[\w ().\-/'@[\]]{3,128}$/.test(name)) return;
  throw new AwsError(
    'InvalidAMIName.Malformed',
    'AMI names must be between 3 and 128 characters long, of letters, digits and ().-/_ .',
  );
}
