// The proxy door: who requested which cloud services, who approved it with what, and the keys that came of it.
//
// Identifiers compare byte by byte, as in 001-identity.
import type { Migration } from './migration.ts';

const id = 'varchar(64) character set utf8mb4 collate utf8mb4_bin';
const accountId = 'varchar(128) character set utf8mb4 collate utf8mb4_bin';
const slug = 'varchar(32) character set ascii collate ascii_bin';
const tableOptions = 'engine = InnoDB default character set = utf8mb4 collate = utf8mb4_unicode_ci';

export const accessMigration: Migration = {
  id: '003-access',
  statements: [
    `create table if not exists environments (
      id ${id} not null primary key,
      organization_id ${id} not null,
      name varchar(128) not null,
      created_at datetime(3) not null,
      unique key environments_name (organization_id, name)
    ) ${tableOptions}`,

    `create table if not exists environment_credentials (
      environment_id ${id} not null,
      credential_id ${id} not null,
      created_at datetime(3) not null,
      primary key (environment_id, credential_id),
      key environment_credentials_credential (credential_id)
    ) ${tableOptions}`,

    // Services beyond those that can always be requested.
    `create table if not exists allowed_services (
      organization_id ${id} not null,
      cloud ${slug} not null,
      service varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
      allowed_by ${id} not null,
      created_at datetime(3) not null,
      primary key (organization_id, cloud, service)
    ) ${tableOptions}`,

    `create table if not exists policy_groups (
      id ${id} not null primary key,
      organization_id ${id} not null,
      name varchar(128) not null,
      description text not null,
      rules json not null,
      version int not null default 1,
      created_at datetime(3) not null,
      updated_at datetime(3) not null,
      unique key policy_groups_name (organization_id, name)
    ) ${tableOptions}`,

    // The key and its sealed secret are there once the requester took them, and stay when access has ended, so that
    // the proxy can tell an ended key from an unknown one.
    `create table if not exists access_requests (
      id ${id} not null primary key,
      organization_id ${id} not null,
      environment_id ${id} not null,
      cloud ${slug} not null,
      services json not null,
      reason varchar(1000) null,
      state enum('pending', 'approved', 'active', 'denied', 'revoked', 'archived') not null,
      requested_by ${id} not null,
      requested_at datetime(3) not null,
      decided_by ${id} null,
      decided_at datetime(3) null,
      decision_reason varchar(1000) null,
      credential_id ${id} null,
      account_id ${accountId} null,
      policy_group_id ${id} null,
      allowed_credential_actions json not null,
      access_key_id varchar(32) character set ascii collate ascii_bin null,
      secret_sealed text character set ascii collate ascii_bin null,
      activated_at datetime(3) null,
      ended_by ${id} null,
      ended_at datetime(3) null,
      end_reason varchar(1000) null,
      version int not null default 1,
      unique key access_requests_key (access_key_id),
      key access_requests_organization (organization_id, id),
      key access_requests_environment (environment_id, id),
      key access_requests_requester (requested_by, id),
      key access_requests_credential (credential_id),
      key access_requests_policy_group (policy_group_id)
    ) ${tableOptions}`,

    // The root certificates (never the keys) of the proxies at work.
    `create table if not exists certificate_authorities (
      sha256_fingerprint char(95) character set ascii collate ascii_bin not null primary key,
      subject varchar(255) not null,
      pem text character set ascii collate ascii_bin not null,
      not_after datetime(3) not null,
      last_seen_at datetime(3) not null
    ) ${tableOptions}`,
  ],
};
