// The gateway door complete: published resources with an observer, two absences before a removal, tags that can be
// searched, reads of the past, creates whose outcome is not known yet, and resources that are watched until they are stable.
import type { Migration } from './migration.ts';

const ascii = 'character set ascii collate ascii_bin';
const text = 'character set utf8mb4 collate utf8mb4_bin';

// observer: of a published row, the account whose units see it. missed_at: start of the listing that did not have it.
// removal: why a tombstone is one.
const resources = `
  alter table resources
    add column observer  varchar(128) ${ascii} null,
    add column missed_at datetime(3) null,
    add column removal   varchar(16) ${ascii} null,
    add key by_observer  (observer, region, type, deleted_at, cloud_id),
    add key list_updated (account_id, type, deleted_at, updated_at, cloud_id, id),
    add key list_owner   (account_id, type, deleted_at, owner, cloud_id, id),
    add key list_visible (account_id, type, deleted_at, visibility, cloud_id, id),
    add key by_deletion  (deleted_at)`;

const observers = `
  update resources set observer = account_id
  where account_id = concat(cloud, '-public') and observer is null`;

// Equal to the tags of the bodies that are there. The cloud's id is in the key, so that what has a tag comes in the
// order of the list, however many there are. VARBINARY: tags that differ in case or in trailing spaces are different.
const resourceTags = `
  create table if not exists resource_tags (
    account_id  varchar(128) ${ascii} not null,
    type        varchar(32)  ${ascii} not null,
    tag_key     varbinary(512)  not null,
    tag_value   varbinary(1024) not null,
    cloud_id    varchar(255) ${text}  not null,
    resource_id char(30)     ${ascii} not null,
    primary key (account_id, type, tag_key, tag_value, cloud_id, resource_id),
    key by_resource (resource_id, tag_key)
  ) engine = innodb default charset = utf8mb4`;

// The tags of what is there already.
const tagsSoFar = `
  insert ignore into resource_tags (account_id, type, tag_key, tag_value, cloud_id, resource_id)
  select r.account_id, r.type, k.tag_key,
         json_unquote(json_extract(r.body, concat('$.tags.', json_quote(k.tag_key)))), r.cloud_id, r.id
  from resources r,
       json_table(json_keys(r.body, '$.tags'), '$[*]' columns (tag_key varchar(512) path '$')) k
  where r.deleted_at is null and r.tag_count > 0`;

// has_older: whether there may be revisions before this one, so that the retention finds its work without a search.
const revisions = `
  alter table revisions
    add column sequence  bigint  null,
    add column has_older tinyint not null default 1,
    add key by_age (has_older, valid_from)`;

// sync_horizon: the highest sequence among the tombstones that were purged.
const accounts = 'alter table accounts add column sync_horizon bigint not null default 0';

// listed_at: start of the last listing that came to its end. fully_listed_at: of the last one that saw every datacenter.
// attempted_at: of the last poll that ended, however. stale_told: whether the event that it grows old was sent.
const pollUnits = `
  alter table poll_units
    add column stale_zones     varchar(1024) ${text} not null default '',
    add column throttles       int unsigned not null default 0,
    add column last_seen       int unsigned null,
    add column stale_told      tinyint not null default 0,
    add column fully_listed_at datetime(3) null,
    add column attempted_at    datetime(3) null`;

const fullyListed = `
  update poll_units set fully_listed_at = listed_at, attempted_at = listed_at
  where fully_listed_at is null and listed_at is not null`;

const environments = `alter table environments add column connection_policy varchar(16) ${ascii} null`;

// A create that was or will be sent, stored before it is: whoever finds it later can look whether it was done.
// VARBINARY: keys that differ in case or in trailing spaces are different keys.
const writeIntents = `
  create table if not exists write_intents (
    client_id            varchar(64)    ${text}  not null,
    idempotency_key      varbinary(255) not null,
    cloud                varchar(32)    ${ascii} not null,
    account_id           varchar(128)   ${ascii} not null,
    region               varchar(63)    ${ascii} not null,
    type                 varchar(32)    ${ascii} not null,
    request_id           varchar(255)   ${text}  not null,
    credential_client_id varchar(64)    ${text}  not null,
    spec_hash            varchar(64)    ${ascii} not null,
    owner                varchar(255)   ${text}  null,
    epoch                bigint         not null,
    leased_until         datetime(3)    not null,
    created_at           datetime(3)    not null,
    first_sent_at        datetime(3)    null,
    last_sent_at         datetime(3)    null,
    primary key (client_id, idempotency_key),
    key by_lease (leased_until),
    key by_age (created_at)
  ) engine = innodb default charset = utf8mb4`;

// What is looked at by its id every few seconds, until it is stable.
const watches = `
  create table if not exists watches (
    account_id   varchar(128) ${ascii} not null,
    region       varchar(63)  ${ascii} not null,
    type         varchar(32)  ${ascii} not null,
    cloud_id     varchar(255) ${text}  not null,
    cloud        varchar(32)  ${ascii} not null,
    next_at      datetime(3)  not null,
    until_at     datetime(3)  not null,
    stable_looks int unsigned not null default 0,
    owner        varchar(64)  ${ascii} null,
    epoch        bigint       not null default 0,
    leased_until datetime(3)  null,
    primary key (account_id, region, type, cloud_id),
    key due (next_at),
    key by_end (until_at)
  ) engine = innodb default charset = utf8mb4`;

export const gatewayDoorMigration: Migration = {
  id: '005-gateway-door',
  statements: [
    resources,
    observers,
    resourceTags,
    tagsSoFar,
    revisions,
    accounts,
    pollUnits,
    fullyListed,
    environments,
    writeIntents,
    watches,
  ],
};
