"""Calls the services as asked: one JSON object a line on standard input, one answer a line on standard output.

The proxy and its certificate come from HTTPS_PROXY and AWS_CA_BUNDLE, as for any other program.
"""

import json
import sys
import time

import boto3
from botocore.exceptions import ClientError


class Clients:
    """Clients of one key, made once: loading a service's model takes longer than calling it."""

    def __init__(self):
        self.sessions = {}
        self.made = {}

    def of(self, key, service, region="us-east-1"):
        wanted = (key["accessKeyId"], service, region)
        if wanted not in self.made:
            self.made[wanted] = self.session(key).client(service, region_name=region)
        return self.made[wanted]

    def session(self, key):
        wanted = key["accessKeyId"]
        if wanted not in self.sessions:
            self.sessions[wanted] = boto3.Session(
                aws_access_key_id=wanted, aws_secret_access_key=key["secretAccessKey"]
            )
        return self.sessions[wanted]


def expect_failure(code, call, **arguments):
    """The call fails with an error whose code contains this one."""
    try:
        call(**arguments)
    except ClientError as error:
        if code in error.response["Error"]["Code"]:
            return
        raise
    raise AssertionError(f"the call was answered; expected {code}")


def until(condition, what):
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def apigateway(client, name):
    api = client("apigateway")
    made = api.create_rest_api(
        name=name, description="acceptance", endpointConfiguration={"types": ["EDGE"]}
    )["id"]
    assert made in [each["id"] for each in api.get_rest_apis()["items"]]
    assert api.get_rest_api(restApiId=made)["name"] == name
    api.delete_rest_api(restApiId=made)
    expect_failure("NotFound", api.get_rest_api, restApiId=made)


def cognito_identity(client, name):
    cognito = client("cognito-identity")
    pool = cognito.create_identity_pool(IdentityPoolName=name, AllowUnauthenticatedIdentities=True)
    by_id = {"IdentityPoolId": pool["IdentityPoolId"]}
    listed = cognito.list_identity_pools(MaxResults=10)["IdentityPools"]
    assert by_id["IdentityPoolId"] in [each["IdentityPoolId"] for each in listed]
    assert cognito.describe_identity_pool(**by_id)["IdentityPoolName"] == name
    changed = {"IdentityPoolName": name + "2", "AllowUnauthenticatedIdentities": False}
    cognito.update_identity_pool(**by_id, **changed)
    described = cognito.describe_identity_pool(**by_id)
    assert {field: described[field] for field in changed} == changed
    assert cognito.list_identities(**by_id, MaxResults=10)["Identities"] == []
    cognito.delete_identity_pool(**by_id)
    expect_failure("ResourceNotFoundException", cognito.describe_identity_pool, **by_id)


def cognito_idp(client, name):
    cognito = client("cognito-idp")
    by_id = {"UserPoolId": cognito.create_user_pool(PoolName=name)["UserPool"]["Id"]}
    listed = cognito.list_user_pools(MaxResults=10)["UserPools"]
    assert by_id["UserPoolId"] in [each["Id"] for each in listed]
    assert cognito.describe_user_pool(**by_id)["UserPool"]["Name"] == name
    cognito.update_user_pool(**by_id, EmailVerificationSubject="Welcome, ünïcode")
    template = cognito.describe_user_pool(**by_id)["UserPool"]["VerificationMessageTemplate"]
    assert template["EmailSubject"] == "Welcome, ünïcode"
    cognito.delete_user_pool(**by_id)
    expect_failure("ResourceNotFoundException", cognito.describe_user_pool, **by_id)


def devicefarm(client, name):
    farm = client("devicefarm", "us-west-2")
    arn = farm.create_project(name=name)["project"]["arn"]
    assert arn in [each["arn"] for each in farm.list_projects()["projects"]]
    assert farm.get_project(arn=arn)["project"]["name"] == name
    farm.delete_project(arn=arn)
    expect_failure("NotFound", farm.get_project, arn=arn)


def dynamodb(client, name):
    dynamo = client("dynamodb")
    dynamo.create_table(
        TableName=name,
        AttributeDefinitions=[
            {"AttributeName": "attr1", "AttributeType": "S"},
            {"AttributeName": "attr2", "AttributeType": "S"},
        ],
        KeySchema=[
            {"AttributeName": "attr1", "KeyType": "HASH"},
            {"AttributeName": "attr2", "KeyType": "RANGE"},
        ],
        ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
    )
    assert name in dynamo.list_tables()["TableNames"]
    until(
        lambda: dynamo.describe_table(TableName=name)["Table"]["TableStatus"] == "ACTIVE",
        "the table did not become active",
    )
    dynamo.delete_table(TableName=name)
    until(lambda: name not in dynamo.list_tables()["TableNames"], "the table did not go")
    expect_failure("ResourceNotFoundException", dynamo.describe_table, TableName=name)


def ecs(client, _name):
    containers = client("ecs")
    assert isinstance(containers.list_clusters(maxResults=10)["clusterArns"], list)
    assert isinstance(containers.list_task_definition_families(maxResults=10)["families"], list)
    assert isinstance(containers.list_task_definitions(maxResults=10)["taskDefinitionArns"], list)


def glacier(client, _name):
    assert isinstance(client("glacier").list_vaults()["VaultList"], list)


def lambda_functions(client, _name):
    assert isinstance(client("lambda").list_functions()["Functions"], list)


def pinpoint(client, name):
    point = client("pinpoint")
    made = point.create_app(CreateApplicationRequest={"Name": name})
    app = {"ApplicationId": made["ApplicationResponse"]["Id"]}
    listed = point.get_apps()["ApplicationsResponse"]["Item"]
    assert app["ApplicationId"] in [each["Id"] for each in listed]
    assert point.get_app(**app)["ApplicationResponse"]["Name"] == name
    made = point.create_segment(**app, WriteSegmentRequest={"Name": name + "segment"})
    segment = {**app, "SegmentId": made["SegmentResponse"]["Id"]}
    listed = point.get_segments(**app)["SegmentsResponse"]["Item"]
    assert segment["SegmentId"] in [each["Id"] for each in listed]
    assert point.get_segment(**segment)["SegmentResponse"]["Id"] == segment["SegmentId"]
    point.delete_segment(**segment)
    expect_failure("NotFoundException", point.get_segment, **segment)
    point.delete_app(**app)
    expect_failure("NotFoundException", point.get_app, **app)


def redshift(client, _name):
    assert isinstance(client("redshift").describe_clusters()["Clusters"], list)


def route53(client, name):
    dns = client("route53")
    made = dns.create_reusable_delegation_set(CallerReference=name)["DelegationSet"]["Id"]
    listed = dns.list_reusable_delegation_sets()["DelegationSets"]
    assert made in [each["Id"] for each in listed]
    assert dns.get_reusable_delegation_set(Id=made)["DelegationSet"]["Id"] == made
    dns.delete_reusable_delegation_set(Id=made)
    expect_failure("NoSuchDelegationSet", dns.get_reusable_delegation_set, Id=made)


def ses(client, name):
    mail = client("ses")
    mail.create_configuration_set(ConfigurationSet={"Name": name})
    assert name in [each["Name"] for each in mail.list_configuration_sets()["ConfigurationSets"]]
    mail.delete_configuration_set(ConfigurationSetName=name)
    expect_failure(
        "ConfigurationSetDoesNotExist",
        mail.describe_configuration_set,
        ConfigurationSetName=name,
    )


def sns(client, name):
    topics = client("sns")
    arn = topics.create_topic(Name=name)["TopicArn"]
    assert arn in [each["TopicArn"] for each in topics.list_topics()["Topics"]]
    topics.delete_topic(TopicArn=arn)
    expect_failure("NotFound", topics.get_topic_attributes, TopicArn=arn)


def sqs(client, name):
    queues = client("sqs")
    url = queues.create_queue(QueueName=name)["QueueUrl"]
    assert url in queues.list_queues()["QueueUrls"]
    assert queues.get_queue_url(QueueName=name)["QueueUrl"] == url
    queues.delete_queue(QueueUrl=url)
    expect_failure("NonExistentQueue", queues.get_queue_url, QueueName=name)


VERIFY = {
    "apigateway": apigateway,
    "cognito-identity": cognito_identity,
    "cognito-idp": cognito_idp,
    "devicefarm": devicefarm,
    "dynamodb": dynamodb,
    "ecs": ecs,
    "glacier": glacier,
    "lambda": lambda_functions,
    "pinpoint": pinpoint,
    "redshift": redshift,
    "route53": route53,
    "ses": ses,
    "sns": sns,
    "sqs": sqs,
}

DENIED = {
    "apigateway": lambda client: client("apigateway").get_rest_apis(),
    "cognito-identity": lambda client: client("cognito-identity").list_identity_pools(MaxResults=10),
    "cognito-idp": lambda client: client("cognito-idp").list_user_pools(MaxResults=10),
    # In a region where it does not exist: the host of this call has no address.
    "devicefarm": lambda client: client("devicefarm", "us-east-1").list_projects(),
    "dynamodb": lambda client: client("dynamodb").list_tables(),
    "ecs": lambda client: client("ecs").list_clusters(),
    "glacier": lambda client: client("glacier").list_vaults(),
    "lambda": lambda client: client("lambda").list_functions(),
    "pinpoint": lambda client: client("pinpoint").get_apps(),
    "redshift": lambda client: client("redshift").describe_clusters(),
    "route53": lambda client: client("route53").list_reusable_delegation_sets(),
    "ses": lambda client: client("ses").list_configuration_sets(),
    "sns": lambda client: client("sns").list_topics(),
    "sqs": lambda client: client("sqs").list_queues(),
}


def run(clients, asked):
    def client(service, region="us-east-1"):
        return clients.of(asked["key"], service, region)

    try:
        if asked["sequence"] == "verify":
            VERIFY[asked["service"]](client, asked["name"])
        else:
            DENIED[asked["service"]](client)
        return None
    except ClientError as error:
        meta = error.response["ResponseMetadata"]
        return {
            "kind": error.response["Error"]["Code"],
            "message": str(error),
            "status": meta["HTTPStatusCode"],
            "attempts": meta["RetryAttempts"] + 1,
        }
    except Exception as error:  # whatever it is, the test has to see it
        return {"kind": type(error).__name__, "message": repr(error)}


def main():
    clients = Clients()
    for line in sys.stdin:
        print(json.dumps({"failure": run(clients, json.loads(line))}), flush=True)


if __name__ == "__main__":
    main()
