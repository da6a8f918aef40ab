// EC2 DeleteKeyPair: by name or by id. Safe to repeat: one that is not there is deleted as well.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { optional } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const deleteKeyPair = defineAction({
  service: 'ec2',
  name: 'DeleteKeyPair',
  bucket: 'mutating',
  input: { name: optional('KeyName', text), id: optional('KeyPairId', text) },
  handle({ name, id }, { state }) {
    if (name === undefined && id === undefined) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter KeyName or KeyPairId');
    }
    const found = state.keyPairs
      .all()
      .find((keyPair) => (id === undefined ? keyPair.name === name : keyPair.id === id));
    if (found) state.keyPairs.delete(found.id);
    return { return: true, keyPairId: found?.id };
  },
});
