"""A client of Cloud Gateway that speaks AMQP alone. All that it needs is pika 1.2 or later: `apt install python3-pika`.

docs/amqp-api.md has the whole convention; this file is what most programs need of it.
"""

import base64
import json
import os
import ssl
import time
import urllib.parse
import uuid

import pika
import pika.exceptions

ANSWER_TIMEOUT_SECONDS = 30


class Problem(Exception):
    """The gateway's refusal: RFC 9457. docs/errors.md lists the codes, and says which are worth repeating."""

    def __init__(self, what, status, problem):
        super().__init__(f"{what}: {status} {problem['code']}: {problem['detail']}")
        self.code = problem["code"]
        self.retryable = problem["retryable"]


def settings_from_environment():
    """Where the broker is, and who you are."""
    names = {
        "url": "GATEWAY_AMQP_URL",
        "client_id": "GATEWAY_CLIENT_ID",
        "client_secret": "GATEWAY_CLIENT_SECRET",
    }
    settings = {key: os.environ.get(name) for key, name in names.items()}
    if not all(settings.values()):
        raise SystemExit(f"Set {', '.join(names.values())}.")
    return {**settings, "ca_file": os.environ.get("GATEWAY_AMQP_CA_FILE")}


def open_gateway(settings):
    """Logs in. The broker closes the connection when the token has expired: then open another."""
    # With the secret as its password a client may do one thing only: ask for a token.
    door = Gateway(settings, password=settings["client_secret"])
    try:
        credentials = {"clientId": settings["client_id"], "clientSecret": settings["client_secret"]}
        token = door.call("POST", "/v1/tokens", body=credentials)[2]["token"]
    finally:
        door.close()
    return Gateway(settings, password=token, token=token)


class Gateway:
    """One connection. For one thread: pika's connections are not to be shared."""

    def __init__(self, settings, password, token=None):
        self.token = token
        parameters = pika.URLParameters(settings["url"])
        parameters.credentials = pika.PlainCredentials(settings["client_id"], password)
        if settings["url"].startswith("amqps:"):
            context = ssl.create_default_context(cafile=settings["ca_file"])
            parameters.ssl_options = pika.SSLOptions(context, parameters.host)
        self.connection = pika.BlockingConnection(parameters)
        self.channel = self.connection.channel()
        self.channel.confirm_delivery()
        # Answers come to the channel that asked, without a queue: RabbitMQ's direct reply-to.
        self.replies = {}
        self.channel.basic_consume("amq.rabbitmq.reply-to", self._on_reply, auto_ack=True)

    def close(self):
        if self.connection.is_open:
            self.connection.close()

    def call(self, method, path, query=None, body=None, headers=None, idempotency_key=None):
        """Gives (status, headers, body); raises Problem for a refusal.

        A write that is sent again with the same idempotency key is carried out once, whatever happened to the first
        message.
        """
        is_read = method in ("GET", "HEAD")
        message_id = str(uuid.uuid4())
        all_headers = dict(headers or {})
        if self.token:
            all_headers["authorization"] = f"Bearer {self.token}"
        if body is not None:
            all_headers["content-type"] = "application/json"
        if idempotency_key:  # else it is the message's id
            all_headers["idempotency-key"] = idempotency_key
        envelope = {
            "version": 1,
            "method": method,
            "path": path,
            "query": urllib.parse.urlencode(query or {}),
            "headers": all_headers,
            "body": "" if body is None else json.dumps(body),
        }
        words = ["read" if is_read else "write", *path[1:].replace(".", "%2E").split("/")]
        # Returns when the broker has confirmed it. UnroutableError: no service answers this path; NackError: overloaded.
        self.channel.basic_publish(
            "gateway.requests",
            ".".join(words),
            json.dumps(envelope).encode(),
            pika.BasicProperties(
                message_id=message_id,
                reply_to="amq.rabbitmq.reply-to",
                delivery_mode=1 if is_read else 2,
                expiration=str(ANSWER_TIMEOUT_SECONDS * 1000),
            ),
            mandatory=True,
        )
        return self._read(self._wait_for(message_id, f"{method} {path}"), f"{method} {path}")

    def _on_reply(self, _channel, _method, properties, content):
        self.replies[properties.correlation_id] = json.loads(content)

    def _wait_for(self, message_id, what):
        self.replies = {key: reply for key, reply in self.replies.items() if key == message_id}
        deadline = time.monotonic() + ANSWER_TIMEOUT_SECONDS
        while message_id not in self.replies:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{what}: no answer within {ANSWER_TIMEOUT_SECONDS} s")
            self.connection.process_data_events(time_limit=left)
        return self.replies.pop(message_id)

    @staticmethod
    def _read(reply, what):
        text = reply["body"]
        if reply.get("bodyEncoding") == "base64":
            text = base64.b64decode(text).decode()
        body = json.loads(text) if text else None
        if reply["status"] >= 400:
            raise Problem(what, reply["status"], body)
        return reply["status"], reply["headers"], body
