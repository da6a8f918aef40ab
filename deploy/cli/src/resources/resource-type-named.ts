import { allResourceTypes, type ResourceType, resourceTypes } from '@cloud-gateway/contracts';

/** `instance` and `instances` are both understood. Undefined for what is no type. */
export function resourceTypeNamed(text: string): ResourceType | undefined {
  const name = text.toLowerCase();
  return allResourceTypes.find((type) => type === name || resourceTypes[type].collection === name);
}
