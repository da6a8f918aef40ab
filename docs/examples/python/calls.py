"""Reads and writes over AMQP: lists an account's volumes, makes one, renames it, deletes it.

python3 calls.py [account] [region]
"""

import sys
import uuid

from gateway import open_gateway, settings_from_environment


def main(wanted=None, region="us-east-1"):
    gateway = open_gateway(settings_from_environment())
    try:
        accounts = [each for each in list_all(gateway, "/v1/accounts") if wanted in (None, each["id"])]
        if not accounts:
            sys.exit("You have not proven this account: POST /v1/accounts with its credentials.")
        use_volumes(gateway, accounts[0], region)
    finally:
        gateway.close()


def use_volumes(gateway, account, region):
    volumes = f"/v1/clouds/{account['cloud']}/accounts/{account['id']}/volumes"
    print(f"{account['id']} has {len(list_all(gateway, volumes))} volumes")

    # The same request under the same key makes one volume, however often it is sent: send it again when in doubt.
    creation = {
        "body": {"region": region, "datacenter": f"{region}a", "gigabytes": 1, "name": "example"},
        "headers": {"prefer": "wait=20"},  # the answer comes when it is ready, or after 20 s
        "idempotency_key": str(uuid.uuid4()),
    }
    _, _, created = gateway.call("POST", volumes, **creation)
    _, headers, again = gateway.call("POST", volumes, **creation)
    print(f"created {created['cloudId']}, and it is {created['state']}")
    print(f"sent again: {again['cloudId']}, replayed: {headers.get('idempotency-replayed')}")

    # Changed only if nobody else has changed it since it was read; else the answer is 412.
    volume = f"{volumes}/{created['id']}"
    _, headers, _ = gateway.call("GET", volume)
    _, _, renamed = gateway.call("PATCH", volume, body={"name": "renamed"}, headers={"if-match": headers["etag"]})
    print(f"renamed it to {renamed['name']}")

    status, _, _ = gateway.call("DELETE", volume)
    print(f"deleted it: {status}")


def list_all(gateway, path):
    """Page by page."""
    items, query = [], {"limit": 100}
    while True:
        _, _, page = gateway.call("GET", path, query=query)
        items += page["items"]
        if page["nextCursor"] is None:
            return items
        query["cursor"] = page["nextCursor"]


if __name__ == "__main__":
    main(*sys.argv[1:])
