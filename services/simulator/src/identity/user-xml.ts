import type { XmlObject } from '../xml.ts';
import type { User } from './identity-store.ts';

export function writeUser({ userName, userId, arn, createdAtMs }: User): XmlObject {
  return { Path: '/', UserName: userName, UserId: userId, Arn: arn, CreateDate: new Date(createdAtMs) };
}
