// Who there is, what they may use, and what they did.
//
// Identifiers compare byte by byte: `cli_A` is not `cli_a`. They are ASCII, but their columns are not: callers send any
// text as an id, and comparing an ASCII column to other letters is an error instead of a miss.
import type { Migration } from './migration.ts';

const id = 'varchar(64) character set utf8mb4 collate utf8mb4_bin';
const accountId = 'varchar(128) character set utf8mb4 collate utf8mb4_bin';
const slug = 'varchar(32) character set ascii collate ascii_bin';
const tableOptions = 'engine = InnoDB default character set = utf8mb4 collate = utf8mb4_unicode_ci';

export const identityMigration: Migration = {
  id: '001-identity',
  statements: [
    `create table if not exists organizations (
      id ${id} not null primary key,
      name varchar(128) not null,
      created_at datetime(3) not null,
      unique key organizations_name (name)
    ) ${tableOptions}`,

    `create table if not exists clients (
      id ${id} not null primary key,
      organization_id ${id} not null,
      name varchar(128) not null,
      secret_hash varchar(255) character set ascii collate ascii_bin not null,
      permissions json not null,
      created_at datetime(3) not null,
      disabled_at datetime(3) null,
      key clients_organization (organization_id, id)
    ) ${tableOptions}`,

    `create table if not exists tokens (
      id ${id} not null primary key,
      hash binary(32) not null,
      client_id ${id} not null,
      permissions json not null,
      created_at datetime(3) not null,
      expires_at datetime(3) not null,
      revoked_at datetime(3) null,
      unique key tokens_hash (hash),
      key tokens_client (client_id, expires_at),
      key tokens_expiry (expires_at)
    ) ${tableOptions}`,

    // One row per account of a cloud, whoever has proven it. `sequence` counts the changes of its resources.
    `create table if not exists accounts (
      id ${accountId} not null primary key,
      cloud ${slug} not null,
      cloud_account_id varchar(128) not null,
      sequence bigint not null default 0,
      created_at datetime(3) not null,
      unique key accounts_cloud (cloud, cloud_account_id)
    ) ${tableOptions}`,

    // version grows when `sealed` changes: who has unsealed it may keep it until then.
    // public_part: what names the credentials without being secret, such as an access key id or a role's ARN.
    `create table if not exists cloud_credentials (
      id ${id} not null primary key,
      scope enum('global', 'organization') not null,
      organization_id ${id} null,
      cloud ${slug} not null,
      account_id ${accountId} not null,
      name varchar(128) null,
      kind varchar(32) character set ascii collate ascii_bin not null,
      identity varchar(2048) null,
      public_part varchar(640) null,
      sealed text character set ascii collate ascii_bin not null,
      version int not null default 1,
      status enum('valid', 'invalid') not null,
      status_reason varchar(1024) null,
      checked_at datetime(3) not null,
      created_at datetime(3) not null,
      key cloud_credentials_account (account_id)
    ) ${tableOptions}`,

    `create table if not exists grants (
      client_id ${id} not null,
      account_id ${accountId} not null,
      credential_id ${id} not null,
      proven_at datetime(3) not null,
      primary key (client_id, account_id),
      key grants_account (account_id),
      key grants_credential (credential_id)
    ) ${tableOptions}`,

    `create table if not exists audit_log (
      id ${id} not null primary key,
      at datetime(3) not null,
      organization_id ${id} null,
      actor_id ${id} null,
      action varchar(64) character set ascii collate ascii_bin not null,
      subject_id ${accountId} null,
      request_id varchar(255) null,
      idempotency_key varbinary(255) null,
      details json not null,
      key audit_log_organization (organization_id, id),
      key audit_log_idempotency (actor_id, idempotency_key)
    ) ${tableOptions}`,

    // VARBINARY: keys that differ in case or in trailing spaces are different keys.
    `create table if not exists idempotency (
      client_id ${id} not null,
      idempotency_key varbinary(255) not null,
      request_hash char(64) character set ascii collate ascii_bin not null,
      state enum('running', 'free', 'done') not null,
      attempt int not null,
      owner varbinary(255) not null,
      leased_until datetime(3) not null,
      answer mediumtext character set ascii collate ascii_bin null,
      created_at datetime(3) not null,
      completed_at datetime(3) null,
      primary key (client_id, idempotency_key),
      key idempotency_lease (leased_until)
    ) ${tableOptions}`,
  ],
};
