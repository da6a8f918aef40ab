"""Subscribes to the events of an account and prints them as they come.

python3 events.py [--account <account>] [--type <type>] [--count <how many>] [--subscription <id>]
After so many events it ends the subscription; without --count it reads for ever.
Ended with Ctrl-C it leaves the subscription, and events wait in its queue: go on with --subscription.
"""

import argparse
import json
import sys
import time

import pika.exceptions

from gateway import Problem, open_gateway, settings_from_environment


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--account")
    parser.add_argument("--type")
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--subscription")
    options = parser.parse_args()
    settings = settings_from_environment()
    subscription, seen = options.subscription, set()
    pause_seconds = 1

    while len(seen) < options.count:
        gateway = None
        try:
            gateway = open_gateway(settings)
            subscription = subscription or subscribe(gateway, options.account, options.type)
            pause_seconds = 1
            follow(gateway, subscription, seen, options.count)
            gateway.call("DELETE", f"/v1/subscriptions/{subscription}")
        except (pika.exceptions.AMQPError, OSError, Problem) as error:
            # A request that is wrong stays wrong. Everything else passes: the broker restarts, the token expires.
            if isinstance(error, Problem) and not error.retryable:
                raise
            print(f"{error!r} Trying again.", file=sys.stderr)
            time.sleep(pause_seconds)
            pause_seconds = min(2 * pause_seconds, 60)
        finally:
            if gateway:
                gateway.close()


def subscribe(gateway, account, resource_type):
    wanted = {"name": "example"}
    if account:
        wanted["accounts"] = [account]
    if resource_type:
        wanted["types"] = [resource_type]
    _, _, subscription = gateway.call("POST", "/v1/subscriptions", body=wanted)
    print(f"subscribed: {subscription['id']}", flush=True)
    return subscription["id"]


def follow(gateway, subscription, seen, count_max):
    """Returns when enough events have come; raises when the connection ends."""
    connect = gateway.call("GET", f"/v1/subscriptions/{subscription}")[2]["connect"]
    channel = gateway.connection.channel()
    channel.basic_qos(prefetch_count=connect["prefetch"])
    for method, _properties, content in channel.consume(connect["queue"], arguments=connect["consumeArguments"]):
        take(json.loads(content), seen)
        channel.basic_ack(method.delivery_tag)  # after the work: what is not acknowledged comes again
        if len(seen) >= count_max:
            channel.cancel()
            return


def take(event, seen):
    """An event may come twice, with the same id. A program that runs for long forgets the older ids."""
    if event["id"] in seen:
        return
    seen.add(event["id"])
    if event.get("subject") == "subscription.dropped":
        for lost in event["details"]["accounts"]:
            print(f"events were lost: ask GET /v1/sync?account={lost['account']}&since={lost['syncFrom']}", flush=True)
    elif "change" in event:
        what = f"{event['account']} {event['resourceType']} {event.get('cloudId') or event['region']}"
        states = dict.fromkeys(state for state in (event.get("oldState"), event.get("newState")) if state)
        print(f"{what} {event['change']} {' -> '.join(states)}", flush=True)


if __name__ == "__main__":
    main()
