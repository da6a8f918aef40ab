// What the poller and the API handler write: resources with their history, the events of their changes, the schedule
// of the poller, and what is known of the clocks of the clouds' endpoints.
//
// Names that clouds choose are compared byte for byte (utf8mb4_bin); our own words are ASCII, which keeps keys short.
import type { Migration } from './migration.ts';

const resources = `
  create table if not exists resources (
    id             char(30)     character set ascii collate ascii_bin not null primary key,
    cloud          varchar(32)  character set ascii collate ascii_bin not null,
    account_id     varchar(128) character set ascii collate ascii_bin not null,
    region         varchar(63)  character set ascii collate ascii_bin not null,
    type           varchar(32)  character set ascii collate ascii_bin not null,
    cloud_id       varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
    name           varchar(255) character set utf8mb4 collate utf8mb4_bin null,
    state          varchar(32)  character set ascii collate ascii_bin not null,
    raw_state      varchar(128) character set utf8mb4 collate utf8mb4_bin null,
    owner          varchar(255) character set utf8mb4 collate utf8mb4_bin null,
    visibility     varchar(16)  character set ascii collate ascii_bin not null,
    tag_count      int unsigned not null,
    body           json         not null,
    hash           binary(32)   not null,
    revision       int unsigned not null,
    sequence       bigint       not null,
    first_seen_at  datetime(3)  not null,
    updated_at     datetime(3)  not null,
    observed_at    datetime(3)  not null,
    requested_at   datetime(3)  null,
    deleted_at     datetime(3)  null,
    key list_order   (account_id, type, deleted_at, cloud_id, id),
    key list_name    (account_id, type, deleted_at, name, cloud_id, id),
    key list_state   (account_id, type, deleted_at, state, cloud_id, id),
    key list_region  (account_id, region, type, deleted_at, cloud_id, id),
    key by_cloud_id  (account_id, type, cloud_id),
    key sync_order   (account_id, sequence)
  ) engine = innodb default charset = utf8mb4`;

// Only ever appended to: a revision is valid until the next one of its resource begins.
const revisions = `
  create table if not exists revisions (
    resource_id    char(30)     character set ascii collate ascii_bin not null,
    revision       int unsigned not null,
    valid_from     datetime(3)  not null,
    \`change\`     varchar(16)  character set ascii collate ascii_bin not null,
    state          varchar(32)  character set ascii collate ascii_bin not null,
    changed_fields json         not null,
    body           json         not null,
    cause_kind     varchar(16)  character set ascii collate ascii_bin not null,
    cause_id       varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
    primary key (resource_id, revision)
  ) engine = innodb default charset = utf8mb4`;

const outbox = `
  create table if not exists outbox (
    id             bigint       not null auto_increment primary key,
    event_id       varchar(64)  character set ascii collate ascii_bin not null,
    account_id     varchar(128) character set ascii collate ascii_bin not null,
    routing_key    varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
    type           varchar(128) character set ascii collate ascii_bin not null,
    source         varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
    subject        varchar(512) character set utf8mb4 collate utf8mb4_bin not null,
    time           datetime(3)  not null,
    payload        mediumtext   character set utf8mb4 collate utf8mb4_bin not null,
    published_at   datetime(3)  null,
    unique key by_event (event_id),
    key relay_order (published_at, id)
  ) engine = innodb default charset = utf8mb4`;

const pollUnits = `
  create table if not exists poll_units (
    id                   bigint       not null auto_increment primary key,
    cloud                varchar(32)  character set ascii collate ascii_bin not null,
    account_id           varchar(128) character set ascii collate ascii_bin not null,
    region               varchar(63)  character set ascii collate ascii_bin not null,
    poll_group           varchar(64)  character set ascii collate ascii_bin not null,
    types                varchar(512) character set ascii collate ascii_bin not null,
    owner                varchar(64)  character set ascii collate ascii_bin null,
    epoch                bigint       not null default 0,
    leased_until         datetime(3)  null,
    next_at              datetime(3)  not null,
    interval_ms          bigint       not null,
    woken_at             datetime(3)  null,
    quiet_polls          int unsigned not null default 0,
    last_started_at      datetime(3)  null,
    last_completed_at    datetime(3)  null,
    listed_at            datetime(3)  null,
    last_duration_ms     int unsigned null,
    last_changes         int unsigned null,
    consecutive_failures int unsigned not null default 0,
    last_error_code      varchar(64)  character set ascii collate ascii_bin null,
    last_error           varchar(500) character set utf8mb4 collate utf8mb4_bin null,
    state                varchar(32)  character set ascii collate ascii_bin not null default 'ok',
    held_removals        int unsigned not null default 0,
    held_tag_losses      int unsigned not null default 0,
    unique key by_unit (account_id, region, poll_group),
    key due (next_at, leased_until)
  ) engine = innodb default charset = utf8mb4`;

const leases = `
  create table if not exists leases (
    name         varchar(64) character set ascii collate ascii_bin not null primary key,
    owner        varchar(64) character set ascii collate ascii_bin not null,
    epoch        bigint      not null,
    leased_until datetime(3) not null
  ) engine = innodb default charset = utf8mb4`;

const endpoints = `
  create table if not exists endpoints (
    endpoint   varchar(255) character set utf8mb4 collate utf8mb4_bin not null primary key,
    cloud      varchar(32)  character set ascii collate ascii_bin not null,
    state      varchar(16)  character set ascii collate ascii_bin not null,
    skew_ms    bigint       null,
    changed_at datetime(3)  not null
  ) engine = innodb default charset = utf8mb4`;

export const resourcesMigration: Migration = {
  id: '002-resources',
  statements: [resources, revisions, outbox, pollUnits, leases, endpoints],
};
