// boto3 against one service of each protocol: it signs, chunks and reads errors in its own way.
import { expect } from 'chai';
import { useSimulator } from '../use-simulator.ts';
import { isInstalled, runProgram } from './run-program.ts';

const script = `
import boto3, io, json, sys
from botocore.config import Config
from botocore.exceptions import ClientError
def client(name, **more):
    return boto3.client(name, **more)
def code_of(call):
    try:
        call()
    except ClientError as e:
        return [e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode']]
out = {}
s3 = client('s3', config=Config(s3={'addressing_style': 'path'}))
s3.create_bucket(Bucket='boto')
s3.put_object(Bucket='boto', Key='a b/ä+', Body=b'hello', Metadata={'k': 'v'})
out['object'] = s3.get_object(Bucket='boto', Key='a b/ä+')['Body'].read().decode()
s3.upload_fileobj(io.BytesIO(b'x' * 20_000_000), 'boto', 'large')
out['large'] = [s3.head_object(Bucket='boto', Key='large')['ContentLength'], s3.head_object(Bucket='boto', Key='large')['ETag'][-3:]]
out['keys'] = [o['Key'] for o in s3.list_objects_v2(Bucket='boto')['Contents']]
out['synthetic'] = len(s3.get_object(Bucket='boto', Key='synthetic-5000000')['Body'].read())
out['nosuchkey'] = code_of(lambda: s3.get_object(Bucket='boto', Key='none'))
import urllib.request
signed = client('s3', config=Config(signature_version='s3v4', s3={'addressing_style': 'path'}))
out['presigned'] = urllib.request.urlopen(signed.generate_presigned_url('get_object', Params={'Bucket': 'boto', 'Key': 'a b/ä+'})).read().decode()
dynamo = client('dynamodb')
dynamo.create_table(TableName='tab', AttributeDefinitions=[{'AttributeName': 'k', 'AttributeType': 'S'}], KeySchema=[{'AttributeName': 'k', 'KeyType': 'HASH'}], BillingMode='PAY_PER_REQUEST')
dynamo.put_item(TableName='tab', Item={'k': {'S': 'ü'}, 'v': {'N': '1'}})
out['item'] = dynamo.get_item(TableName='tab', Key={'k': {'S': 'ü'}})['Item']
out['notable'] = code_of(lambda: dynamo.describe_table(TableName='none'))
sqs = client('sqs')
url = sqs.create_queue(QueueName='q')['QueueUrl']
out['queues'] = sqs.list_queues()['QueueUrls'] == [url] and sqs.get_queue_url(QueueName='q')['QueueUrl'] == url
sqs.send_message(QueueUrl=url, MessageBody='m')
sqs.delete_queue(QueueUrl=url)
out['noqueue'] = code_of(lambda: sqs.get_queue_url(QueueName='q'))
api = client('apigateway')
made = api.create_rest_api(name='api', endpointConfiguration={'types': ['EDGE']})['id']
out['apis'] = [a['id'] for a in api.get_rest_apis()['items']] == [made]
api.delete_rest_api(restApiId=made)
out['noapi'] = code_of(lambda: api.get_rest_api(restApiId=made))
out['functions'] = client('lambda').list_functions()['Functions']
out['vaults'] = client('glacier').list_vaults()['VaultList']
route53 = client('route53')
made = route53.create_reusable_delegation_set(CallerReference='ref')['DelegationSet']['Id']
out['sets'] = [s['Id'] for s in route53.list_reusable_delegation_sets()['DelegationSets']] == [made]
route53.delete_reusable_delegation_set(Id=made)
out['noset'] = code_of(lambda: route53.get_reusable_delegation_set(Id=made))
sns = client('sns')
arn = sns.create_topic(Name='t')['TopicArn']
out['topics'] = sns.list_topics()['Topics'] == [{'TopicArn': arn}]
sns.delete_topic(TopicArn=arn)
out['notopic'] = code_of(lambda: sns.get_topic_attributes(TopicArn=arn))
ses = client('ses')
ses.create_configuration_set(ConfigurationSet={'Name': 'set'})
ses.delete_configuration_set(ConfigurationSetName='set')
out['noconfig'] = code_of(lambda: ses.describe_configuration_set(ConfigurationSetName='set'))
out['clusters'] = client('redshift').describe_clusters()['Clusters']
pinpoint = client('pinpoint')
app = pinpoint.create_app(CreateApplicationRequest={'Name': 'app'})['ApplicationResponse']['Id']
out['apps'] = [a['Id'] for a in pinpoint.get_apps()['ApplicationsResponse']['Item']] == [app]
pinpoint.delete_app(ApplicationId=app)
out['noapp'] = code_of(lambda: pinpoint.get_app(ApplicationId=app))
watch = client('cloudwatch')
watch.put_metric_data(Namespace='n', MetricData=[{'MetricName': 'm%d' % i, 'Value': i} for i in range(500)])
out['metrics'] = len(watch.list_metrics(Namespace='n')['Metrics'])
wrong = dict(aws_secret_access_key='wrong', aws_access_key_id='SIMDEMOACCOUNTONE')
out['wrong'] = {name: code_of(lambda: getattr(client(name, **wrong), action)(**args)) for name, action, args in [
    ('s3', 'list_buckets', {}), ('dynamodb', 'list_tables', {}), ('sqs', 'list_queues', {}), ('apigateway', 'get_rest_apis', {}),
    ('route53', 'list_reusable_delegation_sets', {}), ('sns', 'list_topics', {}), ('cognito-idp', 'list_user_pools', {'MaxResults': 10})]}
json.dump(out, sys.stdout)
`;

describe('boto3 and the services of the proxy', function () {
  this.timeout(180_000);
  const cloud = useSimulator();

  before(async function () {
    if (!(await isInstalled('python3', ['-c', 'import boto3']))) this.skip();
  });

  it('does all that it can, and understands what is refused', async () => {
    const { exitCode, stdout, stderr } = await runProgram('python3', ['-c', script], cloud.url);

    expect(exitCode, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({
      object: 'hello',
      large: [20_000_000, '-3"'],
      keys: ['a b/ä+', 'large'],
      synthetic: 5_000_000,
      nosuchkey: ['NoSuchKey', 404],
      presigned: 'hello',
      item: { k: { S: 'ü' }, v: { N: '1' } },
      notable: ['ResourceNotFoundException', 400],
      queues: true,
      noqueue: ['AWS.SimpleQueueService.NonExistentQueue', 400],
      apis: true,
      noapi: ['NotFoundException', 404],
      functions: [],
      vaults: [],
      sets: true,
      noset: ['NoSuchDelegationSet', 400],
      topics: true,
      notopic: ['NotFound', 404],
      noconfig: ['ConfigurationSetDoesNotExist', 400],
      clusters: [],
      apps: true,
      noapp: ['NotFoundException', 404],
      metrics: 500,
      wrong: {
        s3: ['SignatureDoesNotMatch', 403],
        dynamodb: ['InvalidSignatureException', 400],
        sqs: ['SignatureDoesNotMatch', 400],
        apigateway: ['InvalidSignatureException', 403],
        route53: ['SignatureDoesNotMatch', 403],
        sns: ['SignatureDoesNotMatch', 403],
        'cognito-idp': ['InvalidSignatureException', 400],
      },
    });
    expect(cloud.simulator.calls().calls.filter(({ status }) => status >= 500)).to.deep.equal([]);
  });
});
