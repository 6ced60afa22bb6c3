"""Pushes a value from another system to a key result: push_progress.py VALUE

Waits when the budget of 60 requests a minute is used up, and sends an Idempotency-Key, so that a
repeat after a lost answer does not check in twice. Needs `requests`.
"""

import os
import sys
import time
import uuid

import requests

BASE = os.environ["BASE"]  # https://your.host/api/v1
API_KEY = os.environ["API_KEY"]
KR_ID = os.environ["KR_ID"]


def push_progress(value: float, comment: str, status: str) -> dict:
    headers = {"Authorization": f"Bearer {API_KEY}", "Idempotency-Key": str(uuid.uuid4())}
    body = {"value": value, "comment": comment, "status": status}
    while True:
        response = requests.post(
            f"{BASE}/key-results/{KR_ID}/checkins", headers=headers, json=body, timeout=30
        )
        if response.status_code != 429:
            response.raise_for_status()
            return response.json()
        time.sleep(int(response.headers["Retry-After"]))


if __name__ == "__main__":
    print(push_progress(float(sys.argv[1]), "Pushed by a script", "on_track"))
