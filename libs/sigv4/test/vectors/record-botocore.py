"""Records requests as boto3's clients sign and send them, without sending any: python3 record-botocore.py > botocore.json

The date is fixed and so are the keys, so the same botocore always records the same vectors.
"""

import base64
import datetime
import json
import sys
from urllib.parse import urlsplit

import boto3
import botocore
import botocore.auth
import botocore.awsrequest
from botocore.config import Config

NOW = datetime.datetime(2026, 3, 4, 5, 6, 7)
REGION = "eu-west-1"
ACCESS_KEY_ID = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJ+="
ARN = "arn:aws:lambda:eu-west-1:123456789012:function:hello"
ODD_KEY = "a//x/../y/./ü €+(1)!*'~%41=&?#[]"

botocore.auth.get_current_datetime = lambda remove_tzinfo=True: (
    NOW if remove_tzinfo else NOW.replace(tzinfo=datetime.timezone.utc)
)

# Different at each run, or telling of the machine; none is signed.
UNSIGNED = ["user-agent", "amz-sdk-invocation-id", "amz-sdk-request"]

cases = []


def text(value):
    """Header bytes as Node hands them over: one character per byte."""
    return value.decode("latin1") if isinstance(value, bytes) else value


def target_of(url):
    parts = urlsplit(url)
    return (parts.path or "/") + ("?" + parts.query if parts.query else "")


def record(name, request):
    headers = [[key, text(value)] for key, value in request.headers.items() if key.lower() not in UNSIGNED]
    if "host" not in {key.lower() for key, _ in headers}:
        headers.insert(0, ["Host", urlsplit(request.url).netloc])
    case = {"name": name, "method": request.method, "target": target_of(request.url), "headers": headers}
    body = request.body
    if "STREAMING" in text(request.headers.get("X-Amz-Content-SHA256", "")):
        body = None  # not covered by the signature
    if hasattr(body, "read"):
        body.seek(0)
        body = body.read()
    if body:
        case["bodyBase64"] = base64.b64encode(body.encode() if isinstance(body, str) else body).decode()
    cases.append(case)


def client(service, token=None, **config):
    return boto3.client(
        service,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY_ID,
        aws_secret_access_key=SECRET,
        aws_session_token=token,
        config=Config(retries={"max_attempts": 0}, **config),
    )


def call(service, operation, name=None, token=None, config=None, **parameters):
    made = client(service, token, **(config or {}))
    label = name or f"{service} {operation}"

    def keep(request, **_):
        record(label, request)
        return botocore.awsrequest.AWSResponse(request.url, 500, {}, None)

    made.meta.events.register("before-send", keep)
    try:
        getattr(made, operation)(**parameters)
    except Exception:  # the answer is none; what counts was kept before
        pass


def presign(service, operation, name, token=None, config=None, expires=900, **parameters):
    method = "PUT" if operation == "put_object" else "GET"
    url = client(service, token, **(config or {})).generate_presigned_url(
        operation, Params=parameters, ExpiresIn=expires, HttpMethod=method
    )
    record(name, botocore.awsrequest.AWSRequest(method=method, url=url).prepare())


v4 = {"signature_version": "s3v4"}
path_style = {"s3": {"addressing_style": "path"}}

call("dynamodb", "get_item", TableName="t", Key={"id": {"S": "ü"}})
call("dynamodb", "list_tables", "dynamodb list_tables with a session token", token=TOKEN)
call("sqs", "list_queues")
call("sns", "list_topics")
call("sts", "get_caller_identity")
call("iam", "list_users")
call("ec2", "describe_regions", RegionNames=["eu-west-1", "us-east-1"])
call("cloudwatch", "put_metric_data", Namespace="n", MetricData=[{"MetricName": "m", "Value": 1}])
call("lambda", "get_function", "lambda get_function by ARN", FunctionName=ARN)
call("lambda", "invoke", FunctionName="hello", Payload=b'{"a": 1}')
call("apigateway", "get_resources", "apigateway with repeated parameters", restApiId="x", embed=["a b", "c,d"])
call("apigateway", "tag_resource", resourceArn="arn:aws:apigateway:eu-west-1::/restapis/x", tags={"k": "v"})
call("route53", "list_hosted_zones", MaxItems="5")
call("glacier", "list_vaults", accountId="-")
call("glacier", "upload_archive", vaultName="v", accountId="-", body=b"archive")
call("pinpoint", "get_apps")
call("cognito-idp", "list_user_pools", MaxResults=1)
call("xray", "get_trace_summaries", StartTime=NOW, EndTime=NOW)
call("s3", "list_buckets")
call("s3", "list_objects_v2", "s3 list with an odd prefix", Bucket="bucket", Prefix=ODD_KEY, Delimiter="/", MaxKeys=2)
call("s3", "get_object", "s3 get an odd key", Bucket="bucket", Key=ODD_KEY, Range="bytes=0-9")
call("s3", "get_object", "s3 get a key of dots", Bucket="bucket", Key="./../..//.", config=path_style)
call("s3", "get_object", "s3 get in path style", Bucket="bucket", Key="/leading//slash/", config=path_style)
call("s3", "head_object", Bucket="bucket", Key="ü")
call("s3", "list_parts", Bucket="bucket", Key="k", UploadId="id/+==")
call("s3", "get_bucket_acl", Bucket="bucket", token=TOKEN)
call("s3", "create_multipart_upload", "s3 metadata with blanks", Bucket="bucket", Key="k", Metadata={"v": "two  blanks  "})
call("s3", "put_object", "s3 put with a trailer", Bucket="bucket", Key=ODD_KEY, Body=b"hello")
call(
    "s3",
    "put_object",
    "s3 put with a signed payload",
    Bucket="bucket",
    Key="k",
    Body=b"hello",
    config={"s3": {"payload_signing_enabled": True}, "request_checksum_calculation": "when_required"},
)
call("s3", "delete_objects", Bucket="bucket", Delete={"Objects": [{"Key": ODD_KEY}]})
presign("s3", "get_object", "s3 presigned get of an odd key", config=v4, Bucket="bucket", Key=ODD_KEY)
presign("s3", "get_object", "s3 presigned with a session token", TOKEN, v4, Bucket="bucket", Key="k", VersionId="v+/=")
presign(
    "s3",
    "get_object",
    "s3 presigned with an answer's headers",
    config=v4,
    Bucket="bucket",
    Key="k",
    ResponseContentDisposition='attachment; filename="a b;ü.txt"',
)
presign("s3", "put_object", "s3 presigned put", config=v4, expires=604800, Bucket="bucket", Key="a//b/../c")
presign("sts", "get_caller_identity", "sts presigned, as for EKS")
presign("sts", "get_caller_identity", "sts presigned with a session token", TOKEN)

json.dump(
    {
        "source": f"botocore {botocore.__version__}, recorded by record-botocore.py",
        "credentials": {"accessKeyId": ACCESS_KEY_ID, "secretAccessKey": SECRET, "sessionToken": TOKEN},
        "amzDate": NOW.strftime("%Y%m%dT%H%M%SZ"),
        "cases": cases,
    },
    sys.stdout,
    indent=2,
)
