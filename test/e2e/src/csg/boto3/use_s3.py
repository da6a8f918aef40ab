"""Puts, lists and gets objects of the bucket that is named by the first argument; prints what it found as JSON.

Also presigned URLs, which curl then uses through the proxy.
"""

import hashlib
import io
import json
import sys

import boto3
from botocore.config import Config

bucket = sys.argv[1]
s3 = boto3.client("s3")
found = {}

s3.put_object(Bucket=bucket, Key="folder/ä b+c.txt", Body=b"hello", Metadata={"two": "a  b"})
found["text"] = s3.get_object(Bucket=bucket, Key="folder/ä b+c.txt")["Body"].read().decode()
found["empty"] = s3.put_object(Bucket=bucket, Key="empty", Body=b"")["ETag"]

s3.upload_fileobj(io.BytesIO(b"0123456789" * 3_000_000), bucket, "large")
head = s3.head_object(Bucket=bucket, Key="large")
found["large"] = [head["ContentLength"], head["ETag"].strip('"').split("-")[1]]

downloaded = hashlib.sha256()
for piece in s3.get_object(Bucket=bucket, Key="synthetic-20000000")["Body"].iter_chunks(1 << 20):
    downloaded.update(piece)
found["synthetic"] = downloaded.hexdigest()
part = s3.get_object(Bucket=bucket, Key="synthetic-20000000", Range="bytes=10-19")
found["range"] = list(part["Body"].read())

listed = s3.list_objects_v2(Bucket=bucket, Prefix="")["Contents"]
found["keys"] = sorted(each["Key"] for each in listed)

# By default boto3 presigns with SigV2, which the gateway refuses by name.
signed = boto3.client("s3", config=Config(signature_version="s3v4"))
for action in ("get_object", "put_object"):
    found[action] = signed.generate_presigned_url(
        action, Params={"Bucket": bucket, "Key": "folder/ä b+c.txt"}, ExpiresIn=300
    )
found["old"] = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "empty"})
json.dump(found, sys.stdout)
