// What was called through the proxy, call by call and by the hour.
import type { Migration } from './migration.ts';

const id = 'varchar(64) character set utf8mb4 collate utf8mb4_bin';
const word = 'varchar(128) character set utf8mb4 collate utf8mb4_bin';
const accessKeyId = 'varchar(32) character set ascii collate ascii_bin';
const tableOptions = 'engine = InnoDB default character set = utf8mb4 collate = utf8mb4_unicode_ci';

export const usageMigration: Migration = {
  id: '004-usage',
  statements: [
    // A batch is stored with its calls in one transaction: a repetition finds it and stores nothing twice.
    `create table if not exists usage_batches (
      id ${id} not null primary key,
      stored_at datetime(3) not null,
      key usage_batches_time (stored_at)
    ) ${tableOptions}`,

    `create table if not exists usage_calls (
      id ${id} not null primary key,
      at datetime(3) not null,
      organization_id ${id} not null,
      environment_id ${id} not null,
      access_request_id ${id} not null,
      access_key_id ${accessKeyId} not null,
      user_id ${id} not null,
      service varchar(64) character set utf8mb4 collate utf8mb4_bin null,
      region varchar(64) character set utf8mb4 collate utf8mb4_bin null,
      action ${word} null,
      method varchar(16) character set utf8mb4 collate utf8mb4_bin not null,
      host varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
      status smallint unsigned not null,
      outcome enum('answered', 'refused', 'failed') not null,
      refusal varchar(255) null,
      bytes_in bigint unsigned not null,
      bytes_out bigint unsigned not null,
      duration_ms double not null,
      cloud_request_id varchar(255) character set utf8mb4 collate utf8mb4_bin null,
      client_address varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
      key usage_calls_organization (organization_id, at),
      key usage_calls_user (user_id, at),
      key usage_calls_key (access_key_id, at),
      key usage_calls_time (at)
    ) ${tableOptions}`,

    // What has no service, region or action (it was refused before they were known) has '' there.
    `create table if not exists usage_hours (
      hour datetime not null,
      organization_id ${id} not null,
      access_key_id ${accessKeyId} not null,
      service varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
      region varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
      action ${word} not null,
      environment_id ${id} not null,
      access_request_id ${id} not null,
      user_id ${id} not null,
      calls bigint unsigned not null,
      refused bigint unsigned not null,
      failed bigint unsigned not null,
      bytes_in bigint unsigned not null,
      bytes_out bigint unsigned not null,
      duration_ms double not null,
      primary key (organization_id, hour, access_key_id, service, region, action),
      key usage_hours_key (access_key_id, hour),
      key usage_hours_time (hour)
    ) ${tableOptions}`,

    // How often each key was called in a minute, over all proxies, for the rules that limit it.
    `create table if not exists call_counts (
      access_key_id ${accessKeyId} not null,
      service varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
      minute datetime not null,
      calls bigint unsigned not null,
      primary key (minute, access_key_id, service)
    ) ${tableOptions}`,
  ],
};
