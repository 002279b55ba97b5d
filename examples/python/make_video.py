"""make_video.py "a prompt" video.mp4: with the standard library alone."""

import json
import os
import shutil
import sys
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("SHUJAA_URL", "http://127.0.0.1:8787")
KEY = os.environ["SHUJAA_KEY"]
ENDS = ("succeeded", "failed", "cancelled")


def call(method, path, body=None, headers=None):
    """Makes a call, again where that is safe; the answer is open."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data=data, method=method)
    request.add_header("Authorization", f"Bearer {KEY}")
    request.add_header("Content-Type", "application/json")
    for name, value in (headers or {}).items():
        request.add_header(name, value)
    for tries in range(1, 5):
        try:
            return urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 503) or tries == 4:
                problem = json.load(refusal)
                sys.exit(f"{problem['code']}: {problem['detail']}")
            time.sleep(int(refusal.headers.get("Retry-After", 1)))
        except urllib.error.URLError:
            if tries == 4:
                raise
            time.sleep(tries)


def main():
    prompt = sys.argv[1] if len(sys.argv) > 1 else "A young Kenyan entrepreneur builds an AI startup in Nairobi"
    path = sys.argv[2] if len(sys.argv) > 2 else "video.mp4"
    # The same key never charges twice, however often the call has to be made.
    order = {"prompt": prompt, "scenes": 1, "draft": True}
    accepted = json.load(call("POST", "/api/videos", order, {"Idempotency-Key": str(uuid.uuid4())}))
    print(f"{accepted['id']} for {accepted['credits_used']} at most")

    while True:
        video = json.load(call("GET", f"/api/videos/{accepted['id']}"))
        print(f"{video['stage']} {round(video['progress'])} %")
        if video["status"] in ENDS:
            break
        time.sleep(1)
    if video["status"] != "succeeded":
        sys.exit("It was not made, and cost nothing.")

    with call("GET", f"/api/videos/{video['id']}/file") as response, open(path, "wb") as file:
        shutil.copyfileobj(response, file)
    print(f"{path}: {video['output']['duration']:.1f} s for {video['credits_used']}")


main()
