// Which parameter of an action carries the name of what it is about, where a rule does not say it.
// Source: the input shapes of the AWS API models.

const known: Readonly<Record<string, readonly string[]>> = {
  'apigateway:CreateRestApi': ['name'],
  'apigateway:CreateApiKey': ['name'],
  'apigateway:CreateUsagePlan': ['name'],
  'apigateway:CreateDomainName': ['domainName'],
  'autoscaling:CreateAutoScalingGroup': ['AutoScalingGroupName'],
  'cloudformation:CreateStack': ['StackName'],
  'cloudwatch:PutMetricAlarm': ['AlarmName'],
  'codepipeline:CreatePipeline': ['pipeline.name'],
  'cognito-identity:CreateIdentityPool': ['IdentityPoolName'],
  'cognito-idp:CreateGroup': ['GroupName'],
  'cognito-idp:CreateUserPool': ['PoolName'],
  'cognito-idp:CreateUserPoolClient': ['ClientName'],
  'devicefarm:CreateDevicePool': ['name'],
  'devicefarm:CreateProject': ['name'],
  'dynamodb:CreateTable': ['TableName'],
  'ec2:CreateKeyPair': ['KeyName'],
  'ec2:CreateLaunchTemplate': ['LaunchTemplateName'],
  'ec2:CreateSecurityGroup': ['GroupName'],
  'ec2:ImportKeyPair': ['KeyName'],
  'ecr:CreateRepository': ['repositoryName'],
  'ecs:CreateCapacityProvider': ['name'],
  'ecs:CreateCluster': ['clusterName'],
  'ecs:CreateService': ['serviceName'],
  'ecs:RegisterTaskDefinition': ['family'],
  'elasticache:CreateCacheCluster': ['CacheClusterId'],
  'elasticache:CreateReplicationGroup': ['ReplicationGroupId'],
  'elbv2:CreateLoadBalancer': ['Name'],
  'elbv2:CreateTargetGroup': ['Name'],
  'events:PutRule': ['Name'],
  'glacier:CreateVault': ['vaultName'],
  'glue:CreateDatabase': ['DatabaseInput.Name'],
  'iam:CreateGroup': ['GroupName'],
  'iam:CreatePolicy': ['PolicyName'],
  'iam:CreateRole': ['RoleName'],
  'iam:CreateUser': ['UserName'],
  'kinesis:CreateStream': ['StreamName'],
  'lambda:CreateAlias': ['Name'],
  'lambda:CreateFunction': ['FunctionName'],
  'lambda:PublishLayerVersion': ['LayerName'],
  'logs:CreateLogGroup': ['logGroupName'],
  'mobile:CreateProject': ['name'],
  'pinpoint:CreateApp': ['Name'],
  'pinpoint:CreateCampaign': ['Name'],
  'pinpoint:CreateSegment': ['Name'],
  'rds:CreateDBCluster': ['DBClusterIdentifier'],
  'rds:CreateDBInstance': ['DBInstanceIdentifier'],
  'redshift:CreateCluster': ['ClusterIdentifier'],
  'redshift:CreateClusterParameterGroup': ['ParameterGroupName'],
  'redshift:CreateClusterSnapshot': ['SnapshotIdentifier'],
  'redshift:CreateClusterSubnetGroup': ['ClusterSubnetGroupName'],
  'route53:CreateHostedZone': ['Name'],
  's3:CreateBucket': ['Bucket'],
  'secretsmanager:CreateSecret': ['Name'],
  'ses:CreateConfigurationSet': ['ConfigurationSet.Name'],
  'ses:CreateReceiptRuleSet': ['RuleSetName'],
  'ses:CreateTemplate': ['Template.TemplateName'],
  'sesv2:CreateConfigurationSet': ['ConfigurationSetName'],
  'sesv2:CreateEmailTemplate': ['TemplateName'],
  'sns:CreatePlatformApplication': ['Name'],
  'sns:CreateTopic': ['Name'],
  'sqs:CreateQueue': ['QueueName'],
  'ssm:PutParameter': ['Name'],
  'stepfunctions:CreateStateMachine': ['name'],
};

const knownByLowerCase = new Map(Object.entries(known).map(([call, names]) => [call.toLowerCase(), names]));

/**
 * The parameters in which the name may be. Where there are several, it is a guess from the name of the action
 * (`CreateThing`: `ThingName`, `thingName`, `Name`, `name`), and every one that the call has must obey the rule: a
 * client could add one that the cloud does not look at.
 */
export function nameParameters({
  service,
  action,
}: {
  readonly service: string;
  readonly action: string;
}): readonly string[] {
  return knownByLowerCase.get(`${service}:${action}`.toLowerCase()) ?? guessedFrom(action);
}

function guessedFrom(action: string): readonly string[] {
  const thing = action.replace(/^[A-Z][a-z]+(?=[A-Z])/, '');
  return [`${thing}Name`, `${thing.charAt(0).toLowerCase()}${thing.slice(1)}Name`, 'Name', 'name'];
}
