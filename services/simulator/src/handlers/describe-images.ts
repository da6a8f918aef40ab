// EC2 DescribeImages: by id, by owner, by who may launch. Without any of them: every visible image.
import { defineAction } from '../action.ts';
import type { Call } from '../call.ts';
import { findSeenImages } from '../compute/find-image.ts';
import type { Image } from '../compute/image.ts';
import { writeImageDisks } from '../compute/image-xml.ts';
import { tagSetOf } from '../compute/tags.ts';
import { applyFilters, type FilterTable, filtersField } from '../listing/filters.ts';
import { listPage } from '../listing/list-page.ts';
import { list, optional, withDefault } from '../query/fields.ts';
import { flag, integer, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';

const filterTable: FilterTable<Image> = {
  architecture: ({ architecture }) => [architecture],
  'block-device-mapping.snapshot-id': ({ rootSnapshotId }) => [rootSnapshotId],
  'creation-date': ({ createdAtMs }) => [new Date(createdAtMs).toISOString()],
  description: ({ description }) => [description],
  hypervisor: () => ['xen'],
  'image-id': ({ id }) => [id],
  'image-type': () => ['machine'],
  'is-public': ({ isPublic }) => [String(isPublic)],
  name: ({ name }) => [name],
  'owner-alias': ({ ownerAlias }) => [ownerAlias],
  'owner-id': ({ ownerId }) => [ownerId],
  platform: ({ platform }) => [platform],
  'root-device-name': ({ rootDeviceName }) => [rootDeviceName],
  'root-device-type': () => ['ebs'],
  'source-image-id': ({ source }) => [source?.imageId],
  'source-instance-id': ({ sourceInstanceId }) => [sourceInstanceId],
  state: ({ state }) => [state],
  'virtualization-type': () => ['hvm'],
};

export const describeImages = defineAction({
  service: 'ec2',
  name: 'DescribeImages',
  bucket: 'describe',
  input: {
    ids: list('ImageId', text),
    owners: list('Owner', text),
    executableBy: list('ExecutableBy', text),
    filters: filtersField,
    includeDeprecated: withDefault('IncludeDeprecated', flag, false),
    includeDisabled: withDefault('IncludeDisabled', flag, false),
    maxResults: optional('MaxResults', integer({ min: 1, max: 1000 })),
    nextToken: optional('NextToken', text),
  },
  handle({ ids, owners, executableBy, filters, maxResults, nextToken }, call) {
    const { world, accountId, region } = call;
    const visible = ids.length > 0 ? findSeenImages(ids, call) : world.imagesSeenBy(accountId, region);
    const asked = visible
      .filter((image) => owners.length === 0 || owners.some((owner) => isOwnedBy(image, owner, accountId)))
      .filter(
        (image) =>
          executableBy.length === 0 || executableBy.some((user) => isExecutableBy(image, user, accountId)),
      );
    const page = listPage(
      {
        listing: 'images',
        items: applyFilters(asked, { filters, table: filterTable, tagsOf: (image) => tagsSeen(image, call) }),
        keyOf: ({ id }) => id,
        byId: ids.length > 0,
        maxResults,
        nextToken,
      },
      call,
    );
    return {
      imagesSet: page.items.map((image) => writeImage(image, call)),
      nextToken: page.nextToken,
    };
  },
});

function isOwnedBy({ ownerId, ownerAlias }: Image, owner: string, accountId: string): boolean {
  return owner === 'self' ? ownerId === accountId : owner === ownerId || owner === ownerAlias;
}

/** `self` is what was shared with me by name: neither what is public nor what I own. */
function isExecutableBy({ isPublic, sharedWith }: Image, user: string, accountId: string): boolean {
  if (user === 'all') return isPublic;
  return sharedWith.includes(user === 'self' ? accountId : user);
}

/** Tags belong to the account that set them: on a shared image the other account's are not seen. */
function tagsSeen({ ownerId, tags }: Image, { accountId }: Call): Image['tags'] {
  return ownerId === accountId ? tags : new Map();
}

function writeImage(image: Image, call: Call): XmlObject {
  const tags = tagsSeen(image, call);
  return {
    imageId: image.id,
    imageLocation: `${image.ownerAlias ?? image.ownerId}/${image.name}`,
    imageState: image.state,
    imageOwnerId: image.ownerId,
    imageOwnerAlias: image.ownerAlias,
    creationDate: new Date(image.createdAtMs),
    isPublic: image.isPublic,
    architecture: image.architecture,
    imageType: 'machine',
    platform: image.platform,
    platformDetails: image.platform === 'windows' ? 'Windows' : 'Linux/UNIX',
    usageOperation: image.platform === 'windows' ? 'RunInstances:0002' : 'RunInstances',
    name: image.name,
    description: image.description,
    rootDeviceType: 'ebs',
    rootDeviceName: image.rootDeviceName,
    blockDeviceMapping: writeImageDisks(image),
    virtualizationType: 'hvm',
    hypervisor: 'xen',
    enaSupport: true,
    sourceInstanceId: image.sourceInstanceId,
    sourceImageId: image.source?.imageId,
    sourceImageRegion: image.source?.region,
    tagSet: tagSetOf(tags, call),
  };
}
