// EC2 CreateKeyPair: the private half is in this answer and nowhere else. No client token: the name has to do.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { tagSetOf, tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import { generateKey, keyTypes } from '../network/key-material.ts';
import { putKeyPair } from '../network/put-key-pair.ts';
import { required, withDefault } from '../query/fields.ts';
import { oneOf, shortText } from '../query/scalars.ts';

export const createKeyPair = defineAction({
  service: 'ec2',
  name: 'CreateKeyPair',
  bucket: 'resource-intensive',
  input: {
    name: required('KeyName', shortText(255)),
    keyType: withDefault('KeyType', oneOf(keyTypes), 'rsa'),
    keyFormat: withDefault('KeyFormat', oneOf(['pem', 'ppk']), 'pem'),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ name, keyType, keyFormat, tagSpecifications }, call) {
    if (keyFormat === 'ppk') {
      throw new AwsError('UnsupportedOperation', 'The simulator writes keys in PEM only.');
    }
    const tags = tagsForOnly('key-pair', tagSpecifications);
    const key = () => generateKey(keyType, call.random);
    const { keyPair, material } = putKeyPair({ name, tags, key }, call);
    return {
      keyPairId: keyPair.id,
      keyName: keyPair.name,
      keyFingerprint: keyPair.fingerprint,
      keyMaterial: material.privateKeyPem,
      tagSet: tagSetOf(keyPair.tags, call),
    };
  },
});
