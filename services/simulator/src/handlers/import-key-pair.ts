// EC2 ImportKeyPair: a public key that was made elsewhere. No client token: the name has to do.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { tagSetOf, tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import { type PublicKey, readPublicKey } from '../network/key-material.ts';
import { putKeyPair } from '../network/put-key-pair.ts';
import { required } from '../query/fields.ts';
import { shortText, text } from '../query/scalars.ts';

export const importKeyPair = defineAction({
  service: 'ec2',
  name: 'ImportKeyPair',
  bucket: 'resource-intensive',
  input: {
    name: required('KeyName', shortText(255)),
    material: required('PublicKeyMaterial', text),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ name, material, tagSpecifications }, call) {
    const tags = tagsForOnly('key-pair', tagSpecifications);
    const { keyPair } = putKeyPair({ name, tags, key: () => readOrRefuse(material) }, call);
    return {
      keyPairId: keyPair.id,
      keyName: keyPair.name,
      keyFingerprint: keyPair.fingerprint,
      tagSet: tagSetOf(keyPair.tags, call),
    };
  },
});

/** The key comes as the base64 of its file. */
function readOrRefuse(material: string): PublicKey {
  const key = readPublicKey(Buffer.from(material, 'base64').toString('utf8'));
  if (key) return key;
  throw new AwsError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
}
