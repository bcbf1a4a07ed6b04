#!/usr/bin/env python3
"""Checks the ledger of a Qadam register with nothing but Python 3.9 or newer.

    qadam_verify.py https://register.example                     everything the register serves to the public
    qadam_verify.py https://register.example --save may          the same, and keep it in the folder `may`
    qadam_verify.py https://register.example --since may         the same, and nothing of `may` was rewritten since
    qadam_verify.py https://register.example --since note --quick   only that the ledger goes on from that checkpoint
    qadam_verify.py may --receipt receipt.txt                    a folder that was kept, without asking anybody

It says in one line what it proved, or the first thing that is wrong. Exit codes: 0 proved, 1 not what it claims to be,
2 nothing is known (no answer, unreadable files, wrong arguments).

It is written from the formats alone and shares no line with the program that it checks:

* JSON is hashed as RFC 8785 writes it, with whole numbers below 2^53 as the only numbers;
* leaves and tree are those of RFC 9162 section 2.1 (SHA-256, 0x00 before leaves, 0x01 before nodes);
* a leaf commits to salt and payload by SHA-256(salt || payload);
* checkpoints, receipts and key rotations are C2SP signed notes (https://c2sp.org/signed-note) with Ed25519
  (RFC 8032); a checkpoint's text is that of https://c2sp.org/tlog-checkpoint.

The key says whose ledger it is. Without --key the register is asked for it, which shows that the ledger is of one piece
and not that it is the one that others see: keep the key, and hold it against theirs.
"""

import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

PAGE = 1000
PATIENCE_SECONDS = 60
LARGEST_ANSWER = 256 * 1024 * 1024
LARGEST_INTEGER = 2**53 - 1
CIVIL_SOCIETY = "ngo_member"
MEMBERS = {"at", "action", "subject", "actor", "before", "after", "reason"}


class Wrong(Exception):
    """The ledger is not what it claims to be."""


class Unknown(Exception):
    """Nothing is known either way."""


# ---------------------------------------------------------------- JSON, as it is hashed


def parse(text):
    """Reads JSON and refuses what readers of JSON read differently."""

    def members(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            raise ValueError("a member is there twice")
        return dict(pairs)

    def integer(digits):
        if digits == "-0" or abs(int(digits)) > LARGEST_INTEGER:
            raise ValueError(f"{digits} is not an integer below 2^53")
        return int(digits)

    def refused(number):
        raise ValueError(f"{number} is not an integer below 2^53")

    return json.loads(
        text, object_pairs_hook=members, parse_int=integer, parse_float=refused, parse_constant=refused
    )


def canonical(value):
    """The one form of a value that is hashed, as bytes (RFC 8785)."""
    return written(value).encode("utf-8")


def written(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{written(name)}:{written(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


# ---------------------------------------------------------------- the tree (RFC 9162)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_hash(leaf):
    return sha256(b"\x00", leaf)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


class Tree:
    """A tree that grows leaf by leaf: of each complete subtree at its right edge, the height and the hash."""

    def __init__(self):
        self.size = 0
        self.edge = []

    def append(self, leaf):
        height, node = 0, leaf
        while self.edge and self.edge[-1][0] == height:
            node = node_hash(self.edge.pop()[1], node)
            height += 1
        self.edge.append((height, node))
        self.size += 1

    def root(self):
        if not self.edge:
            return sha256()
        node = self.edge[-1][1]
        for _, left in reversed(self.edge[:-1]):
            node = node_hash(left, node)
        return node


def is_included(index, size, leaf, proof, root):
    """Whether the leaf is the one at `index` in the tree of `size` leaves (RFC 9162, 2.1.3.2)."""
    if index >= size:
        return False
    here, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here % 2 == 1 or here == last:
            node = node_hash(sibling, node)
            while here % 2 == 0 and here != 0:
                here, last = here >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(older, newer, proof, older_root, newer_root):
    """Whether the tree of `newer` leaves begins with the tree of `older` leaves (RFC 9162, 2.1.4.2)."""
    if older > newer:
        return False
    if older == newer:
        return not proof and older_root == newer_root
    if older == 0:
        return not proof and older_root == sha256()
    proof = list(proof)
    if older & (older - 1) == 0:
        proof.insert(0, older_root)
    if not proof:
        return False
    here, last = older - 1, newer - 1
    while here % 2 == 1:
        here, last = here >> 1, last >> 1
    first = second = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if here % 2 == 1 or here == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while here % 2 == 0 and here != 0:
                here, last = here >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and first == older_root and second == newer_root


# ---------------------------------------------------------------- Ed25519 (RFC 8032, section 5.1)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def x_of(y, odd):
    """The x of the point with this y, or nothing where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * SQRT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and odd):
        return None
    return P - x if x % 2 != odd else x


def point_of(encoded):
    """A point as (x, y, 1, x*y), or nothing where the bytes are none."""
    number = int.from_bytes(encoded, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    x = x_of(y, odd) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def encoding_of(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, -1, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def is_signed(public_key, message, signature):
    """Whether the signature over the message was made with the private half of the key."""
    point = point_of(public_key)
    if len(signature) != 64 or point is None:
        return False
    commitment, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    if scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(commitment + public_key + message).digest(), "little") % ORDER
    negative = (P - point[0], point[1], 1, P - point[3])
    return encoding_of(add(times(scalar, BASE), times(challenge, negative))) == commitment


# ---------------------------------------------------------------- keys and notes (C2SP)


def decoded(text):
    return base64.b64decode(text, validate=True)


class Key:
    """A public key with its name: `name+id+base64(0x01 || key)`."""

    def __init__(self, text):
        self.text = text
        try:
            self.name, told, encoded = text.split("+", 2)
            data = decoded(encoded)
        except ValueError:
            raise Unknown(f"this is no key: {text}")
        self.key = data[1:]
        self.id = sha256(self.name.encode(), b"\n", b"\x01", self.key)[:4]
        if data[:1] != b"\x01" or len(self.key) != 32 or self.id.hex() != told or not self.name:
            raise Unknown(f"this is no key: {text}")


def opened(note, keys, what):
    """The text of a note and the names of those of the keys that signed it. One wrong signature spoils it."""
    text, line, below = note.rpartition("\n\n")
    if not line or not below.endswith("\n"):
        raise Wrong(f"{what} is no signed note")
    text += "\n"
    signers = set()
    for signature in below[:-1].split("\n"):
        match = re.fullmatch(r"\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)", signature)
        if not match:
            raise Wrong(f"{what} is no signed note")
        data = decoded(match[2])
        for key in keys:
            if (key.name, key.id) == (match[1], data[:4]):
                if not is_signed(key.key, text.encode("utf-8"), data[4:]):
                    raise Wrong(f"{what}: the signature by {key.name} is wrong")
                signers.add(key.name)
    if not signers:
        raise Wrong(f"{what} is not signed by a known key")
    return text, signers


class Checkpoint:
    """What a ledger says of itself: its name, how many entries it has, and the root over them."""

    def __init__(self, note, keys, what):
        self.note = note
        text, signers = opened(note, keys, what)
        match = re.fullmatch(r"([^\s+]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n", text)
        if not match:
            raise Wrong(f"{what} is no checkpoint")
        self.origin, self.size, self.root = match[1], int(match[2]), decoded(match[3])
        if self.origin not in signers:
            raise Wrong(f"{what} is not signed by its own ledger")


def rotations(served):
    """How keys of a ledger follow each other: pairs, each signed by both its keys."""
    found = []
    for one in served:
        if one.get("rotation") is None:
            continue
        match = re.match(r"qadam key rotation v1\nold: (\S+)\nnew: (\S+)\n\n", one["rotation"])
        if not match:
            raise Wrong("a key rotation is malformed")
        old, new = Key(match[1]), Key(match[2])
        if old.name != new.name or old.text == new.text:
            raise Wrong("a key rotation is not between two keys of one ledger")
        for key in (old, new):
            opened(one["rotation"], [key], "a key rotation")
        found.append((old.text, new.text))
    return found


def following(trusted, pairs):
    """The trusted keys and those that pairs lead to from them."""
    known = list(trusted)
    for text in known:
        known.extend(new for old, new in pairs if old == text and new not in known)
    return known


# ---------------------------------------------------------------- where a ledger is read from


class Register:
    """A register that is asked over HTTP."""

    def __init__(self, address):
        parts = urllib.parse.urlsplit(address)
        self.base = f"{parts.scheme}://{parts.netloc}/api/v1/ledger/"

    def get(self, path):
        headers = {"Accept": "application/json, text/plain", "User-Agent": "qadam_verify.py"}
        request = urllib.request.Request(self.base + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.read(LARGEST_ANSWER).decode("utf-8")
        except (OSError, ValueError) as error:
            raise Unknown(f"GET {self.base}{path}: {error}")

    def json(self, path):
        try:
            return parse(self.get(path))
        except ValueError as error:
            raise Unknown(f"GET {self.base}{path}: {error}")

    def key(self):
        return self.get("key").strip()

    def keys(self):
        return self.json("keys")["items"]

    def checkpoint(self):
        return self.get("checkpoint")

    def entries(self, begin, end):
        """Entries from one on: up to, but not including, another, or as many as there are."""
        while end is None or begin < end:
            limit = PAGE if end is None else min(PAGE, end - begin)
            after = f"&after={begin - 1}" if begin else ""
            page = self.json(f"entries?limit={limit}{after}")["items"]
            if not page:
                return
            yield from page
            begin += len(page)

    def consistency(self, older, newer):
        return [bytes.fromhex(one) for one in self.json(f"proofs/consistency?from={older}&to={newer}")["hashes"]]


class Folder:
    """What was kept of a register."""

    def __init__(self, path):
        self.path = path

    def read(self, name):
        try:
            with open(os.path.join(self.path, name), encoding="utf-8", newline="") as file:
                return file.read()
        except (OSError, ValueError) as error:
            raise Unknown(str(error))

    def key(self):
        return parse(self.read("keys.json"))["items"][-1]["key"]

    def keys(self):
        return parse(self.read("keys.json"))["items"]

    def checkpoint(self):
        return self.read("checkpoint")

    def entries(self, begin, end):
        for line in self.read("entries.jsonl").splitlines()[begin:end]:
            try:
                yield parse(line)
            except ValueError as error:
                raise Wrong(f"entries.jsonl: {error}")


def save(path, keys, checkpoint, entries):
    """Keeps a ledger that was proved."""
    os.makedirs(path, exist_ok=True)
    lines = "".join(written(entry) + "\n" for entry in entries)
    keys = written({"items": keys}) + "\n"
    for name, text in (("entries.jsonl", lines), ("keys.json", keys), ("checkpoint", checkpoint.note)):
        with open(os.path.join(path, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)


# ---------------------------------------------------------------- entries


def check_leaf(leaf, seq):
    """A leaf has its seven members, and a sealed one tells nothing."""
    members = {"seq", "admitted_at", "sealed", "action", "subject", "actor", "digest"}
    if not isinstance(leaf, dict) or set(leaf) != members:
        raise Wrong(f"entry {seq}: the leaf does not have its seven members")
    if leaf["seq"] != seq or isinstance(leaf["seq"], bool):
        raise Wrong(f"entry {leaf['seq']} stands where entry {seq} should")
    told = [leaf["action"], leaf["subject"], leaf["actor"]]
    if leaf["sealed"] is True:
        if told != [None] * 3 or not re.fullmatch(r"\d{4}-\d\d-\d\d", str(leaf["admitted_at"])):
            raise Wrong(f"entry {seq}: a sealed leaf tells more than its day")
    elif leaf["sealed"] is not False or None in told:
        raise Wrong(f"entry {seq}: an open leaf does not tell what it is about")
    elif leaf["actor"].get("role") == CIVIL_SOCIETY and leaf["actor"].get("organisation") is not None:
        raise Wrong(f"entry {seq}: the leaf names an organisation of civil society")


def check_payload(entry, seq):
    """Salt and payload are what the leaf commits to, and the leaf describes them."""
    if ("salt" in entry) != ("payload" in entry):
        raise Wrong(f"entry {seq} has only one of salt and payload")
    if "payload" not in entry:
        return None
    leaf, payload = entry["leaf"], entry["payload"]
    if not MEMBERS <= set(payload) <= MEMBERS | {"withheld", "redacted"}:
        raise Wrong(f"entry {seq}: the payload does not have its seven members")
    if not re.fullmatch(r"[0-9a-f]{64}", str(entry["salt"])):
        raise Wrong(f"entry {seq}: the salt is not 32 bytes")
    if sha256(bytes.fromhex(entry["salt"]), canonical(payload)).hex() != leaf["digest"]:
        raise Wrong(f"entry {seq}: the payload is not the one that the digest was made of")
    if not leaf["sealed"]:
        actor = dict(payload["actor"])
        actor.pop("digest", None)
        if actor.get("role") == CIVIL_SOCIETY:
            actor["organisation"] = None
        if [payload["action"], payload["subject"], actor] != [leaf["action"], leaf["subject"], leaf["actor"]]:
            raise Wrong(f"entry {seq}: the leaf does not describe the payload")
    return payload


class Replay:
    """A ledger read entry by entry."""

    def __init__(self, since, kept_leaves):
        self.tree, self.since, self.kept_leaves = Tree(), since, kept_leaves
        self.digests, self.entries = {}, []
        self.open = self.payloads = 0
        self.missing, self.explained = [], set()
        self.names_later = None
        self.hold_against_since()

    def feed(self, entry):
        seq = self.tree.size
        if not isinstance(entry, dict) or not set(entry) <= {"leaf", "salt", "payload"}:
            raise Wrong(f"entry {seq} is not an entry")
        check_leaf(entry.get("leaf"), seq)
        leaf = leaf_hash(canonical(entry["leaf"]))
        payload = check_payload(entry, seq)
        if seq < len(self.kept_leaves) and self.kept_leaves[seq] != leaf:
            raise Wrong(f"rewritten: entry {seq} is not the one that was kept")
        self.note(seq, entry["leaf"], payload)
        self.digests.setdefault(entry["leaf"]["digest"], seq)
        self.entries.append(entry)
        self.tree.append(leaf)
        self.hold_against_since()

    def note(self, seq, leaf, payload):
        self.payloads += payload is not None
        if leaf["sealed"]:
            return
        self.open += 1
        if payload is None:
            self.missing.append(seq)
            return
        for named in payload.get("withheld", []) + payload.get("redacted", []):
            if named >= seq and self.names_later is None:
                self.names_later = (seq, named)
            self.explained.add(named)

    def hold_against_since(self):
        if self.since and self.since.size == self.tree.size and self.since.root != self.tree.root():
            last = max(self.since.size - 1, 0)
            raise Wrong(
                f"rewritten: one of the entries 0 to {last} is not as the earlier checkpoint of {self.since.size} "
                "entries has it"
            )

    def finish(self, checkpoint):
        size, fed = checkpoint.size, self.tree.size
        check_since(self.since, checkpoint, min(size, fed))
        if fed != size:
            raise Wrong(f"the checkpoint covers {size} entries, {fed} were served: entry {min(size, fed)} is the first")
        if self.tree.root() != checkpoint.root:
            raise Wrong(f"the {size} entries are not those that the checkpoint covers")
        if self.names_later:
            seq, named = self.names_later
            raise Wrong(f"entry {seq} withholds or redacts entry {named}, which is not before it")
        for seq in self.missing:
            if seq not in self.explained:
                raise Wrong(f"entry {seq} is broken: the payload is missing, and no entry says why")


def check_since(since, checkpoint, size):
    if since and since.origin != checkpoint.origin:
        raise Wrong("the earlier checkpoint is of another ledger")
    if since and since.size > checkpoint.size:
        raise Wrong(f"rolled back: the ledger has {size} entries and had {since.size}: entry {size} is missing")


def standing(path, keys, replay):
    """What a receipt proves: where its filing is, or that it may still wait."""
    note = read_file(path)
    text, signers = opened(note, keys, "the receipt")
    names = ["origin", "subject", "digest", "salt", "day", "admitted-by"]
    lines = "".join(rf"{name}: (\S+)\n" for name in names)
    match = re.fullmatch(r"qadam receipt v1\n" + lines, text)
    if not match or match[1] not in signers:
        raise Wrong("the receipt is malformed, or not signed by its own ledger")
    digest, until = match[3], datetime.date.fromisoformat(match[6])
    if digest in replay.digests:
        return f"; the receipt's filing is entry {replay.digests[digest]}"
    # A day is over everywhere once it is over where it ends last.
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=-12))).date()
    if today > until:
        raise Wrong("the receipt proves that the filing was dropped: it should be in the ledger and is not")
    return "; the receipt's filing waits and need not be there yet"


# ---------------------------------------------------------------- what is asked


def read_file(path):
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise Unknown(str(error))


def kept(path, keys):
    """A checkpoint that somebody kept, and the leaves that it covers where those were kept, too."""
    folder = os.path.isdir(path)
    checkpoint = Checkpoint(read_file(os.path.join(path, "checkpoint") if folder else path), keys, path)
    if not folder:
        return checkpoint, []
    tree, leaves = Tree(), []
    for entry in Folder(path).entries(0, None):
        leaves.append(leaf_hash(canonical(entry["leaf"])))
        tree.append(leaves[-1])
    if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
        raise Unknown(f"{path}: the entries that were kept are not those of the checkpoint kept with them")
    return checkpoint, leaves


def quick(source, since, keys):
    checkpoint = Checkpoint(source.checkpoint(), keys, "the checkpoint")
    check_since(since, checkpoint, checkpoint.size)
    proof = source.consistency(since.size, checkpoint.size)
    if not is_consistent(since.size, checkpoint.size, proof, since.root, checkpoint.root):
        raise Wrong(f"rewritten: the ledger does not go on from the earlier checkpoint of {since.size} entries")
    return (
        f"verified: the ledger of {checkpoint.size} entries that {checkpoint.origin} signed goes on from the earlier "
        f"checkpoint of {since.size} entries"
    )


def verify(arguments):
    is_address = re.match(r"https?://", arguments.source)
    source = Register(arguments.source) if is_address else Folder(arguments.source)
    served = source.keys()
    pairs = rotations(served)
    trusted = (arguments.key or source.key()).split()
    present = [Key(text) for text in following(trusted, pairs)]
    earlier = following(trusted, [(new, old) for old, new in pairs])
    ever = present + [Key(text) for text in earlier if text not in trusted]
    since, leaves = kept(arguments.since, ever) if arguments.since else (None, [])
    own = "" if arguments.key else "; the key is the register's own (give --key to hold it against yours)"
    if arguments.quick:
        if not is_address or since is None:
            raise Unknown("--quick needs an address and --since")
        return quick(source, since, present) + own
    replay = Replay(since, leaves)
    # First everything, then the checkpoint, then what came meanwhile: a payload may be withheld while it is read, and
    # the entry that says so is then among the last.
    for entry in source.entries(0, None):
        replay.feed(entry)
    checkpoint = Checkpoint(source.checkpoint(), present, "the checkpoint")
    for entry in source.entries(replay.tree.size, checkpoint.size):
        replay.feed(entry)
    replay.finish(checkpoint)
    line = (
        f"verified: {checkpoint.size} entries ({replay.open} open, {checkpoint.size - replay.open} sealed) are those "
        f"that {checkpoint.origin} signed, and {replay.payloads} payloads are as their digests say"
    )
    if replay.missing:
        line += f"; {len(replay.missing)} payloads are withheld, each by a later entry"
    if since:
        line += f"; nothing was rewritten since the checkpoint of {since.size} entries"
    if arguments.receipt:
        line += standing(arguments.receipt, ever, replay)
    if arguments.save:
        save(arguments.save, served, checkpoint, replay.entries)
    return line + own


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("source", help="the register's address, or a folder that was kept")
    parser.add_argument("--key", help="the ledger's key as you know it, instead of the one that is served")
    parser.add_argument("--since", metavar="PATH", help="an earlier checkpoint, or a folder that was kept")
    parser.add_argument("--receipt", metavar="FILE", help="a receipt of a filing")
    parser.add_argument("--save", metavar="FOLDER", help="keep what was proved")
    parser.add_argument("--quick", action="store_true", help="ask for a proof instead of all entries")
    try:
        print(verify(parser.parse_args()))
    except Wrong as wrong:
        print(f"NOT verified: {wrong}")
        return 1
    except Unknown as unknown:
        print(f"could not verify: {unknown}", file=sys.stderr)
        return 2
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, UnicodeError) as error:
        print(f"NOT verified: what was read is not a ledger ({type(error).__name__}: {error})")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
