"""Asks the program everything that its OpenAPI document describes, as each role and as nobody.

`cargo xtask schemathesis` runs it; what is asked and what is expected stands in schemathesis.toml. Every role has a fresh
demonstration. Where two accounts of a role are of different organisations they are peers: neither may read what is the
other's alone.
"""

import argparse
import contextlib
import json
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

CONFIGURATION = pathlib.Path(__file__).with_name("schemathesis.toml")
DOCUMENT = "/api/v1/openapi.json"
NOBODY = "anonymous"
# Otherwise all that is learnt is that the limits hold.
UNLIMITED = [
    word
    for limit in ["sign-in", "sign-in-account", "sign-in-network", "link", "recovery", "search", "filing"]
    for word in [f"--throttle-{limit}", "1000000/60"]
]
# What stands in paths, where to find it, and which member it is.
KNOWN = {
    "item": ("/api/v1/items?limit=40&fields=id", "id"),
    "meeting": ("/api/v1/meetings?limit=40&fields=code", "code"),
    "organisation": ("/api/v1/organisations?limit=20&fields=code", "code"),
    "vocabulary": ("/api/v1/vocabularies", "code"),
}


@contextlib.contextmanager
def demonstration(program, log):
    """A program with a demonstration of its own; gives what it says of itself."""
    with open(log, "wb") as errors:
        # By a name: at an address of numbers there are no passkeys to ask for.
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        places = ["--listen", f"127.0.0.1:{port}", "--public-url", f"http://localhost:{port}"]
        command = [program, "demo", "--json", *places, *UNLIMITED]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            yield json.loads(process.stdout.readline())
            if process.poll() is not None:
                raise SystemExit(f"the program ended with {process.returncode}: {log}")
        finally:
            process.terminate()
            process.wait()


def name_of(account):
    return account["email"].split("@")[0]


def answer(url, token=None, body=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if body is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answered:
        return json.load(answered)


def credentials(account):
    return {"email": account["email"], "password": account["password"]}


def ways_in(accounts):
    """How each account signs in, in the form of the Web Fuzzing Commons."""
    token = {
        "extractFrom": "body",
        "extractSelector": "/access_token",
        "sendIn": "header",
        "sendName": "Authorization",
        "sendTemplate": "Bearer {token}",
    }
    login = {"endpoint": "/api/v1/auth/login", "verb": "POST", "contentType": "application/json", "token": token}
    return [
        {"name": name_of(account), "loginEndpointAuth": {**login, "payloadRaw": json.dumps(credentials(account))}}
        for account in accounts
    ]


def peer_of(account, accounts):
    """Somebody of another organisation, in the same role where there is one."""
    others = [other for other in accounts if other["organisation"] != account["organisation"]]
    return min(others, key=lambda other: other["role"] != account["role"])


def dictionaries(url, token):
    """What is there for whoever asks, as values of what stands in paths."""
    lines = []
    for name, (path, member) in KNOWN.items():
        values = [entry[member] for entry in answer(url + path, token)["items"]]
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(values)}"]
    # Now and then what is there, else what is not, too.
    lines += [f'[parameters."path.{name}"]\ndictionary = "{name}"\nprobability = 0.8' for name in KNOWN]
    return lines


def configuration(folder, account, accounts, url):
    token = answer(url + "/api/v1/auth/login", body=credentials(account))["access_token"] if account else None
    lines = dictionaries(url, token)
    if account:
        ways = folder / "accounts.json"
        ways.write_text(json.dumps({"auth": ways_in(accounts)}))
        peers = [name_of(account), name_of(peer_of(account, accounts))]
        lines += ["[auth.wfc]", f"path = {json.dumps(str(ways))}", f"user = {json.dumps(peers[0])}"]
        lines += ["refresh_interval = 120", f"peers = {json.dumps(peers)}"]
    return CONFIGURATION.read_text() + "\n" + "\n".join(lines) + "\n"


def ask(options, role, folder):
    """Runs one role; gives whether nothing was found."""
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration(options.program, folder / "program.log") as said:
        url, accounts = said["url"], said["accounts"]
        account = next((one for one in accounts if role in (one["role"], name_of(one))), None)
        if account is None and role != NOBODY:
            raise SystemExit(f"the demonstration has no {role}")
        file = folder / "schemathesis.toml"
        file.write_text(configuration(folder, account, accounts, url))
        report = folder / "report.json"
        report.unlink(missing_ok=True)
        command = [options.schemathesis, "--config-file", file, "run", url + DOCUMENT, "--url", url, "--no-color"]
        command += ["--seed", str(options.seed), "--max-time", str(options.seconds)]
        command += ["--report", "json,ndjson", "--report-json-path", report]
        command += ["--report-ndjson-path", folder / "events.ndjson"]
        began = time.monotonic()
        with open(folder / "output.txt", "wb") as output:
            code = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, cwd=folder).returncode
    print(f"{role:12} {figures(report)}, {time.monotonic() - began:.0f} s", flush=True)
    if code:
        print(f"             ended with {code}, see {folder / 'output.txt'}", flush=True)
    return code == 0


def figures(report):
    if not report.exists():
        return "no report"
    told = json.loads(report.read_text())
    operations, cases = told["operations"], told["test_cases"]
    return f"{operations['tested']} operations, {cases['generated']} cases, {cases['unique_failures']} failures"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--schemathesis", required=True)
    arguments.add_argument("--folder", type=pathlib.Path, required=True)
    arguments.add_argument("--seconds", type=int, default=90)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("roles", nargs="*")
    options = arguments.parse_args()
    roles = options.roles
    if not roles:
        roles = [NOBODY, "ngo_member", "officer", "approver", "secretariat", "observer", "admin"]
    clean = [ask(options, role, options.folder.resolve() / role) for role in roles]
    sys.exit(0 if all(clean) else 1)


if __name__ == "__main__":
    main()
