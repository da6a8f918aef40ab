// The Python half: botocore verifies with the issued key and signs with that of the cloud. A request whose head holds the
// hash of its body is dealt with at its head, so that the body can stream.
export const mitmproxyAddon = `import hmac, json, os, re, time
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from mitmproxy import http

settings = json.load(open(os.environ["BENCH_SETTINGS"]))
issued = Credentials(settings["issued"]["accessKeyId"], settings["issued"]["secretAccessKey"])
cloud = Credentials(settings["cloud"]["accessKeyId"], settings["cloud"]["secretAccessKey"])
pattern = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\\w+)$"
)


def signature(credentials, parts, request, timestamp, body):
    _, _, region, service, names, _ = parts.groups()
    kind = S3SigV4Auth if service == "s3" else SigV4Auth
    auth = kind(credentials, service, region)
    headers = {name: request.headers[name] for name in names.split(";")}
    headers["x-amz-date"] = timestamp
    aws = AWSRequest(request.method, "https://" + request.headers["host"] + request.path, headers=headers, data=body)
    aws.context["timestamp"] = timestamp
    aws.context["signing"] = {"region": region}
    text = auth.string_to_sign(aws, auth.canonical_request(aws))
    return auth.signature(text, aws)


def sign_again(flow, body):
    request = flow.request
    parts = pattern.match(request.headers.get("authorization", ""))
    if not parts or parts.group(1) != issued.access_key or abs(time.time() - seconds_of(request)) > 300:
        return refuse(flow)
    if not hmac.compare_digest(signature(issued, parts, request, request.headers["x-amz-date"], body), parts.group(6)):
        return refuse(flow)
    now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    again = signature(cloud, parts, request, now, body)
    _, _, region, service, names, _ = parts.groups()
    request.headers["x-amz-date"] = now
    request.headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={cloud.access_key}/{now[:8]}/{region}/{service}/aws4_request, "
        f"SignedHeaders={names}, Signature={again}"
    )


def seconds_of(request):
    import calendar

    return calendar.timegm(time.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ"))


def refuse(flow):
    flow.response = http.Response.make(403, b'{"__type":"InvalidSignatureException"}')


class Signer:
    def server_connect(self, data):
        data.server.address = ("127.0.0.1", settings["cloudPort"])

    def requestheaders(self, flow):
        if "x-amz-content-sha256" in flow.request.headers:
            sign_again(flow, b"")
            flow.request.stream = True

    def request(self, flow):
        if "x-amz-content-sha256" not in flow.request.headers:
            sign_again(flow, flow.request.raw_content)

    def responseheaders(self, flow):
        flow.response.stream = int(flow.response.headers.get("content-length", "0")) > 1_000_000


addons = [Signer()]
`;
