// Subscriptions to events, what webhooks have not taken, who has logged in at the broker; and an outbox that can be read
// again: by account, from a sequence or from a time.
import type { Migration } from './migration.ts';

const ascii = 'character set ascii collate ascii_bin';
const text = 'character set utf8mb4 collate utf8mb4_bin';

// sequence: of a change of a resource; null for what else is told of an account.
const outbox = `
  alter table outbox
    add column sequence bigint null,
    add key by_account  (account_id, id),
    add key by_sequence (account_id, sequence),
    add key by_time     (account_id, time)`;

const sequencesSoFar = {
  table: 'outbox',
  sql: `
  update outbox set sequence = json_extract(payload, '$.sequence')
  where id between :first and :last
    and sequence is null and type like 'cloud-gateway.resource.%' and json_valid(payload)`,
};

// events_horizon: the highest sequence among the events that were purged; events_horizon_at: the latest of their times.
const accounts = `
  alter table accounts
    add column events_horizon    bigint not null default 0,
    add column events_horizon_at datetime(3) null`;

// What was purged before: everything below the first event that is still there.
const horizonSoFar = `
  update accounts a
  left join (select account_id, min(sequence) as sequence, min(time) as time from outbox
             where sequence is not null group by account_id) o on o.account_id = a.id
  set a.events_horizon = coalesce(o.sequence - 1, a.sequence), a.events_horizon_at = coalesce(o.time, now(3))
  where a.events_horizon = 0 and coalesce(o.sequence - 1, a.sequence) > 0`;

// state: replaying, joining, active, suspended, ended. all_accounts: 1 when the filter names none. audit_scope: the
// organization whose events it gets. notice_due: it has lost something and was not told in its queue. queue_removed: of an
// ended one, whether the broker has been told.
const subscriptions = `
  create table if not exists subscriptions (
    id              varchar(64)  ${text}  not null primary key,
    client_id       varchar(64)  ${text}  not null,
    organization_id varchar(64)  ${text}  not null,
    name            varchar(255) ${text}  null,
    state           varchar(16)  ${ascii} not null,
    filter          json         not null,
    all_accounts    tinyint      not null,
    delivery        json         not null,
    delivery_kind   varchar(16)  ${ascii} not null,
    audit_scope     varchar(64)  ${text}  null,
    sealed_secret   text         ${ascii} null,
    dropped_count   bigint       not null default 0,
    dropped_at      datetime(3)  null,
    notice_due      tinyint      not null default 0,
    created_at      datetime(3)  not null,
    suspended_at    datetime(3)  null,
    ended_at        datetime(3)  null,
    queue_removed   tinyint      not null default 0,
    key by_client       (client_id, id),
    key by_organization (organization_id, id),
    key by_state        (state, id),
    key by_kind         (delivery_kind, state, id),
    key by_end          (queue_removed, ended_at)
  ) engine = innodb default charset = utf8mb4`;

// sequence: every change after it is delivered. replay_start: the row of the outbox after which its events begin.
// replayed_to: up to which row stored events are in the queue; null when there is nothing to replay (any more).
// lost_from: every change after it may be lost.
const subscriptionAccounts = `
  create table if not exists subscription_accounts (
    subscription_id varchar(64)  ${text}  not null,
    account_id      varchar(128) ${text}  not null,
    cloud           varchar(32)  ${ascii} not null,
    bound           tinyint      not null default 0,
    withdrawn       tinyint      not null default 0,
    sequence        bigint       null,
    replay_start    bigint       null,
    replayed_to     bigint       null,
    lost_from       bigint       null,
    primary key (subscription_id, account_id),
    key by_replay (account_id, replayed_to)
  ) engine = innodb default charset = utf8mb4`;

const webhookDeadLetters = `
  create table if not exists webhook_dead_letters (
    id              varchar(64)  ${text}  not null,
    subscription_id varchar(64)  ${text}  not null,
    event_id        varchar(64)  ${ascii} not null,
    routing_key     varchar(255) ${text}  not null,
    type            varchar(128) ${ascii} not null,
    source          varchar(255) ${text}  not null,
    subject         varchar(512) ${text}  not null,
    time            datetime(3)  not null,
    payload         mediumtext   ${text}  not null,
    attempts        int unsigned not null,
    last_status     smallint unsigned null,
    last_error      varchar(1024) ${text} not null,
    at              datetime(3)  not null,
    primary key (subscription_id, id),
    unique key by_event (subscription_id, event_id),
    key by_age (at)
  ) engine = innodb default charset = utf8mb4`;

// token_id: '' for a login with the client's secret.
const brokerLogins = `
  create table if not exists broker_logins (
    client_id  varchar(64) ${text} not null,
    token_id   varchar(64) ${text} not null,
    first_at   datetime(3) not null,
    last_at    datetime(3) not null,
    expires_at datetime(3) null,
    ended_at   datetime(3) null,
    primary key (client_id, token_id),
    key by_end (ended_at, last_at)
  ) engine = innodb default charset = utf8mb4`;

// What a request has caused.
const revisions = 'alter table revisions add key by_cause (cause_id)';
const auditLog = 'alter table audit_log add key audit_log_request (request_id)';

export const eventsMigration: Migration = {
  id: '006-events',
  statements: [
    outbox,
    sequencesSoFar,
    accounts,
    horizonSoFar,
    subscriptions,
    subscriptionAccounts,
    webhookDeadLetters,
    brokerLogins,
    revisions,
    auditLog,
  ],
};
