import { expect } from 'chai';
import { place, useSimulator } from '../use-simulator.ts';
import { isInstalled, runProgram } from './run-program.ts';

const script = `
import boto3, json, sys
from botocore.exceptions import ClientError
ec2, sts, iam = (boto3.client(name) for name in ('ec2', 'sts', 'iam'))
out = {}
image = sorted(i['ImageId'] for i in ec2.describe_images(Owners=['self'])['Images'])[0]
run = dict(ImageId=image, MinCount=1, MaxCount=7, ClientToken='boto-token', UserData='hello',
           TagSpecifications=[{'ResourceType': 'instance', 'Tags': [{'Key': 'Name', 'Value': 'b\\u00e4r <&>'}]}])
first = ec2.run_instances(**run)
out['repeated'] = {i['InstanceId'] for i in ec2.run_instances(**run)['Instances']} == {i['InstanceId'] for i in first['Instances']}
pages = list(ec2.get_paginator('describe_instances').paginate(PaginationConfig={'PageSize': 5}))
ids = [i['InstanceId'] for p in pages for r in p['Reservations'] for i in r['Instances']]
out['pages'], out['count'], out['distinct'] = len(pages), len(ids), len(set(ids))
out['tag'] = first['Instances'][0]['Tags'][0]['Value']
out['token'] = len(ec2.describe_instances(Filters=[{'Name': 'client-token', 'Values': ['boto-token']}])['Reservations'][0]['Instances'])
out['types'] = len([t for p in ec2.get_paginator('describe_instance_types').paginate(PaginationConfig={'PageSize': 5}) for t in p['InstanceTypes']])
role = sts.assume_role(RoleArn='arn:aws:iam::210987654321:role/gateway', RoleSessionName='boto', ExternalId='demo-external-id')['Credentials']
other = boto3.client('sts', aws_access_key_id=role['AccessKeyId'], aws_secret_access_key=role['SecretAccessKey'], aws_session_token=role['SessionToken'])
out['assumed'] = other.get_caller_identity()['Arn']
out['user'] = iam.get_user()['User']['UserName']
def code_of(call):
    try:
        call()
    except ClientError as e:
        return [e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode'], len(e.response['ResponseMetadata'].get('RequestId', ''))]
out['mismatch'] = code_of(lambda: ec2.run_instances(**{**run, 'MaxCount': 8}))
out['unknown'] = code_of(lambda: ec2.stop_instances(InstanceIds=['i-0123456789abcdef0']))
out['denied'] = code_of(lambda: sts.assume_role(RoleArn='arn:aws:iam::210987654321:role/gateway', RoleSessionName='boto'))
url = sts.generate_presigned_url('get_caller_identity', ExpiresIn=60, HttpMethod='GET')
import urllib.request
out['presigned'] = urllib.request.urlopen(urllib.request.Request(url, method='GET')).status
json.dump(out, sys.stdout)
`;

describe('boto3', function () {
  this.timeout(180_000);
  const cloud = useSimulator({ paging: 'mild' });

  before(async function () {
    if (!(await isInstalled('python3', ['-c', 'import boto3']))) this.skip();
  });

  it('does all that it can, and understands what is refused', async () => {
    const { exitCode, stdout, stderr } = await runProgram('python3', ['-c', script], cloud.url);

    expect(exitCode, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({
      repeated: true,
      pages: 2,
      count: 7,
      distinct: 7,
      tag: 'b\u00e4r <&>',
      token: 7,
      types: 18,
      assumed: 'arn:aws:sts::210987654321:assumed-role/gateway/boto',
      user: 'demo-one',
      mismatch: ['IdempotentParameterMismatch', 400, 36],
      unknown: ['InvalidInstanceID.NotFound', 400, 36],
      denied: ['AccessDenied', 403, 36],
      presigned: 200,
    });
    expect(cloud.simulator.snapshot(place).instances).to.have.length(7);
  });

  it('retries what is worth retrying, and then succeeds', async () => {
    cloud.simulator.setFaults([{ kind: 'throttle', action: 'DescribeRegions', times: 2 }]);
    const { exitCode, stdout, stderr } = await runProgram(
      'python3',
      ['-c', "import boto3; print(len(boto3.client('ec2').describe_regions()['Regions']))"],
      cloud.url,
      { AWS_MAX_ATTEMPTS: '3', AWS_RETRY_MODE: 'standard' },
    );

    expect(exitCode, stderr).to.equal(0);
    expect(stdout.trim()).to.equal('3');
    expect(cloud.simulator.calls().counts).to.deep.equal({ 'ec2:DescribeRegions': 3 });
  });
});
