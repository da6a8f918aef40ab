import type { Handler } from '@cloud-gateway/messaging';
import { accessRequestApprove } from './access-request-approve.ts';
import { accessRequestArchive } from './access-request-archive.ts';
import { accessRequestCreate } from './access-request-create.ts';
import { accessRequestDeny } from './access-request-deny.ts';
import { accessRequestList } from './access-request-list.ts';
import { accessRequestRevoke } from './access-request-revoke.ts';
import { accessRequestSecret } from './access-request-secret.ts';
import { accessRequestShow } from './access-request-show.ts';
import { accountForget } from './account-forget.ts';
import { accountList } from './account-list.ts';
import { accountProve } from './account-prove.ts';
import { auditList } from './audit-list.ts';
import { certificateAuthorityList } from './certificate-authority-list.ts';
import { certificateAuthorityPem } from './certificate-authority-pem.ts';
import { clientCreate } from './client-create.ts';
import { clientDisable } from './client-disable.ts';
import { clientList } from './client-list.ts';
import { cloudCredentialsCheck } from './cloud-credentials-check.ts';
import { cloudCredentialsCreate } from './cloud-credentials-create.ts';
import { cloudCredentialsDelete } from './cloud-credentials-delete.ts';
import { cloudCredentialsList } from './cloud-credentials-list.ts';
import { cloudCredentialsReplace } from './cloud-credentials-replace.ts';
import { cloudCredentialsShow } from './cloud-credentials-show.ts';
import { cloudServiceAllow } from './cloud-service-allow.ts';
import { cloudServiceDisallow } from './cloud-service-disallow.ts';
import { cloudServiceList } from './cloud-service-list.ts';
import { credentialsCheck } from './credentials-check.ts';
import { environmentCreate } from './environment-create.ts';
import { environmentLink } from './environment-link.ts';
import { environmentList } from './environment-list.ts';
import { environmentUnlink } from './environment-unlink.ts';
import { environmentUpdate } from './environment-update.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { organizationCreate } from './organization-create.ts';
import { organizationList } from './organization-list.ts';
import { policyGroupCreate } from './policy-group-create.ts';
import { policyGroupDelete } from './policy-group-delete.ts';
import { policyGroupList } from './policy-group-list.ts';
import { policyGroupReplace } from './policy-group-replace.ts';
import { policyGroupShow } from './policy-group-show.ts';
import { tokenCreate } from './token-create.ts';
import { tokenRevoke } from './token-revoke.ts';
import { tokenShow } from './token-show.ts';
import { usageCalls } from './usage-calls.ts';
import { usageSummary } from './usage-summary.ts';

/** Every route that this service answers. */
export function allHandlers(deps: HandlerDeps): readonly Handler[] {
  return [
    tokenCreate(deps),
    tokenShow(deps),
    tokenRevoke(deps),
    organizationCreate(deps),
    organizationList(deps),
    clientCreate(deps),
    clientList(deps),
    clientDisable(deps),
    accountProve(deps),
    accountList(deps),
    accountForget(deps),
    credentialsCheck(deps),
    environmentCreate(deps),
    environmentList(deps),
    environmentUpdate(deps),
    environmentLink(deps),
    environmentUnlink(deps),
    cloudCredentialsCreate(deps),
    cloudCredentialsList(deps),
    cloudCredentialsShow(deps),
    cloudCredentialsReplace(deps),
    cloudCredentialsCheck(deps),
    cloudCredentialsDelete(deps),
    cloudServiceList(deps),
    cloudServiceAllow(deps),
    cloudServiceDisallow(deps),
    accessRequestCreate(deps),
    accessRequestList(deps),
    accessRequestShow(deps),
    accessRequestApprove(deps),
    accessRequestDeny(deps),
    accessRequestSecret(deps),
    accessRequestRevoke(deps),
    accessRequestArchive(deps),
    policyGroupCreate(deps),
    policyGroupList(deps),
    policyGroupShow(deps),
    policyGroupReplace(deps),
    policyGroupDelete(deps),
    usageSummary(deps),
    usageCalls(deps),
    auditList(deps),
    certificateAuthorityList(deps),
    certificateAuthorityPem(deps),
  ];
}
