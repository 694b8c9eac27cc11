#!/usr/bin/env python3
"""Checks an evidence pack without the program that made it. Needs Python 3 and nothing else.

    python3 verify.py [--tsa-ca FILE] [--witness KEY] KEY [FOLDER]

KEY is the verifier key that you trust (name+id+key), the one with which the log began. A change of the key is followed by itself; only where
a key was lost, the one that came after it has to be named as well, behind a comma: KEY,KEY. FOLDER is the unpacked pack; without it, the folder
of this file. FILE has the certificates (PEM) that you trust to vouch for a time stamp authority; the signatures of time stamps are then checked
by openssl. --witness names the key of a witness that you trust to have looked after the log. A pack that is a part of a log has a proof for each leaf instead of all leaves; what only the whole log can show is not shown by it.
Read this before you run it: whoever could alter the pack could alter this file as well. It is short on purpose.

証跡パックを、作成元のプログラムを使わずに検証します。必要なものはPython 3だけです。
この検証プログラム自体も同じファイルに入っています。実行する前に中身を読むか、別に保管した写しを使います。
"""
import base64
import csv
import datetime
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys

# Ed25519 (RFC 8032): numbers modulo P, points as (x, y) on -x² + y² = 1 + D·x²·y², a base point B of order N.
P = 2**255 - 19
N = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * D * t1 * t2 % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(text):
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise ValueError("not a point")
    return (P - x if x & 1 != sign else x, y, 1, (P - x if x & 1 != sign else x) * y % P)


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    try:
        a, r = point_of(public), point_of(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % N
    x1, y1, z1, _ = times(s, BASE)
    x2, y2, z2, _ = add(r, times(k, a))
    return len(signature) == 64 and s < N and (x1 * z2 - x2 * z1) % P == 0 == (y1 * z2 - y2 * z1) % P


def signed_text(note, name, public):
    """The text of a note (C2SP signed note), if the key signed it."""
    text, _, lines = note.rpartition(b"\n\n")
    text += b"\n"
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    for line in lines.decode().splitlines():
        dash, signer, value = line.split(" ")
        value = base64.b64decode(value)
        if dash == "—" and signer == name and value[:4] == key_id and is_signed(public, text, value[4:]):
            return text.decode().splitlines()
    return None


def public_of(key):
    """The name and the 32 bytes of a verifier key."""
    name, _, rest = key.partition("+")
    return name, base64.b64decode(rest.partition("+")[2])[1:]


def cell(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def leads_to(leaf, index, size, path):
    """The root that a leaf's path leads to (RFC 9162, 2.1.3.2), or nothing."""
    node, last, found = index, size - 1, hashlib.sha256(b"\x00" + leaf).digest()
    for sibling in path:
        if last <= 0:
            return None
        if node & 1 or node == last:
            found = hashlib.sha256(b"\x01" + sibling + found).digest()
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + sibling).digest()
        node, last = node >> 1, last >> 1
    return found if last == 0 and index < size else None


def check_proofs(folder, leaves, size, root, faults):
    """Where the leaves of a part stand in the log: each is the one of its number under the checkpoint (C2SP tlog-proof)."""
    note = (folder / f"checkpoints/{size}.note").read_bytes()
    head = b"c2sp.org/tlog-proof@v1\n"
    # Every proof ends with the checkpoint, so what is between two of them is the next one's head.
    proofs = (folder / "proofs.txt").read_bytes().split(b"\n" + note)
    if proofs.pop() or len(proofs) != len(leaves):
        faults.append("proofs.txt: leaves and proofs are not in pairs")
    places = []
    for leaf, proof in zip(leaves, proofs):
        index = re.match(re.escape(head) + rb"index (0|[1-9]\d*)\n", proof)
        place = int(index[1]) if index else -1
        path = [base64.b64decode(line) for line in proof[index.end():].split()] if index else []
        if leads_to(leaf, place, size, path) != root or places and place <= places[-1]:
            faults.append(f"leaf {place} is not the one of that number in the log that was signed")
        places.append(place)
    ids = set((folder / "people.txt").read_text().split())
    for place, leaf in zip(places, map(json.loads, leaves)):
        own = {leaf["actor"], leaf.get("obj"), leaf["d"].get("subject"), leaf["d"].get("period")}
        if leaf["k"] not in ("log.open", "epoch.recover", "key.rotate") and not own & ids:
            faults.append(f"leaf {place} is of nobody in people.txt")
    return places


def check_private(folder, facts, keys, faults):
    """Each name is the one that its leaf binds by a hash. Whoever has none was erased: by a leaf here, or by one of another year with its proof.
    Gives the number of rows of the roster with another name than the one that was bound last, or nothing where there is no private part."""
    path = folder / "private/identities.ndjson"
    if not path.is_file():
        return None
    told, called = {}, {}
    for line in path.read_bytes().split(b"\n")[:-1]:
        one, words = json.loads(line), line.partition(b',"told":')[2][:-1]
        told[one["leaf"]] = hashlib.sha256(one["salt"].encode() + b"\n" + words).hexdigest()
        called[facts.get(one["leaf"], {}).get("obj")] = one["told"]
    erased = {fact["obj"] for fact in facts.values() if fact["k"] == "erase.done"}
    path, signed = folder / "private/erasures.txt", {}
    for proof in path.read_bytes().split(b"c2sp.org/tlog-proof@v1\n")[1:] if path.is_file() else []:
        head, _, note = proof.partition(b"\n\n")
        leaf, index, *siblings = head.split(b"\n")
        leaf, index = base64.b64decode(leaf.removeprefix(b"extra ")), int(index.removeprefix(b"index "))
        fact = json.loads(leaf)
        if note not in signed:
            signed[note] = next(filter(None, (signed_text(note, *public_of(key)) for key in keys)), [fact["log"], 0, ""])
        log, size, root = signed[note]
        found = leads_to(leaf, index, int(size), [base64.b64decode(sibling) for sibling in siblings])
        if found != base64.b64decode(root) or fact["log"] != log or fact["k"] != "erase.done":
            faults.append(f"private/erasures.txt: no proof that {fact.get('obj')} was erased")
        erased.add(fact.get("obj"))
    for number, fact in facts.items():
        if fact["k"] == "user.identity":
            words = told.pop(number, None)
            if words != fact["d"]["who"] and (words or fact["obj"] not in erased):
                faults.append(f"private/identities.ndjson: leaf {number} binds another name, or one that is neither there nor erased")
    faults.extend(f"private/identities.ndjson: leaf {number} binds no name" for number in told)
    other = 0
    with (folder / "tables/roster.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            row = {head.split()[-1]: value.removeprefix("'") for head, value in row.items()}
            who = called.get(row["staff"], {})
            both = [" ".join([who.get(family, ""), who.get(given, "")]).strip() for family, given in
                    (("family", "given"), ("family_kana", "given_kana"))]
            other += row["staff"] not in erased and [row["staff_no"], row["name"], row["reading"]] != [who.get("staff_no"), *both]
    return other


def check_stamps(folder, leaves, part, ca, faults):
    """Each time stamp (RFC 3161) is of its checkpoint, not older than its newest leaf, and not older than the one before it."""
    last = datetime.datetime.min.replace(tzinfo=datetime.timezone.utc)
    paths = sorted((folder / "checkpoints").glob("*.tsr"), key=lambda path: int(path.stem))
    for path in paths:
        name, note, size = f"checkpoints/{path.name}", path.with_suffix(".note"), int(path.stem)
        # One after another in what is signed: the hash of the note, the number of the stamp, the time.
        said = note.is_file() and (part or size <= len(leaves)) and re.search(
            rb"\x04\x20" + re.escape(hashlib.sha256(note.read_bytes()).digest()) + rb"\x02.{2,40}?\x18.(\d{14})(?:\.\d+)?Z",
            path.read_bytes(), re.DOTALL)
        if not said:
            faults.append(f"{name}: not a time stamp of the checkpoint beside it")
            continue
        at = datetime.datetime.strptime(said[1].decode() + "+0000", "%Y%m%d%H%M%S%z")
        if at < last:
            faults.append(f"{name}: older than the time stamp before it")
        newest = datetime.datetime.fromisoformat(json.loads(leaves[-1 if part else size - 1])["at"].replace("Z", "+00:00"))
        if at + datetime.timedelta(minutes=1) < newest:
            faults.append(f"{name}: older than a leaf that it covers")
        last = at
        # As of the time that was stamped: certificates expire, and packs are read long afterwards.
        if ca and subprocess.run(["openssl", "ts", "-verify", "-data", note, "-in", path, "-CAfile", ca,
                                  "-attime", str(int(at.timestamp()))], capture_output=True).returncode:
            faults.append(f"{name}: its signature does not lead to a certificate that you trust")
    return len(paths)


def check_witness(folder, key, faults):
    """How many checkpoints a witness signed (C2SP tlog-cosignature), and the largest of them with its time."""
    name, public = public_of(key)
    key_id = hashlib.sha256(name.encode() + b"\n\x04" + public).digest()[:4]
    number, seen = 0, None
    for path in sorted((folder / "witnesses").glob("*.txt"), key=lambda path: int(path.stem)):
        text = (folder / f"checkpoints/{path.stem}.note").read_bytes().rpartition(b"\n\n")[0] + b"\n"
        for line in path.read_text().splitlines():
            _, signer, value = line.split(" ")
            value = base64.b64decode(value)
            at = int.from_bytes(value[4:12], "big")
            if signer != name or value[:4] != key_id:
                continue
            if not is_signed(public, f"cosignature/v1\ntime {at}\n".encode() + text, value[12:]):
                faults.append(f"witnesses/{path.name}: not a signature of the witness")
            number, seen = number + 1, (path.stem, at)
    return number, seen


def check(key, folder, ca):
    faults = []
    key, *later = key.split(",")

    def read(file):
        return (folder / file).read_bytes()

    # Every file is the one that the signed list names.
    manifest = json.loads(read("manifest.json"))
    log = manifest["log"]
    part = (folder / "part.ndjson").is_file()
    leaves = read("part.ndjson" if part else "leaves.ndjson").split(b"\n")[:-1]

    # From which size on which key signs. Where two of them meet, both do. The keys of a part follow each other in its notes.
    spans = [(0, key)]
    for size, leaf in enumerate(leaves, 1):
        if b'"k":"key.rotate"' in leaf and not part:
            spans.append((size, json.loads(leaf)["d"]["vkey"]))
    key = spans[-1][1]
    signers, number = [key], 1
    while (folder / f"keys/{number}.note").is_file():
        lines = signed_text(read(f"keys/{number}.note"), *public_of(key))
        if lines is None or lines[1:2] != ["key change"] or not signed_text(read(f"keys/{number}.note"), *public_of(lines[2])):
            faults.append(f"keys/{number}.note: the key is not handed over by the one before")
            break
        key, number = lines[2], number + 1
        signers.append(key)

    listed = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    expected = [log, "part" if part else "manifest", base64.b64encode(hashlib.sha256(read("manifest.json")).digest()).decode()]
    if expected not in [signed_text(read("manifest.note"), *public_of(signer)) for signer in signers + later]:
        faults.append("manifest.note: the list of files is not signed by this key")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for file in sorted(found ^ set(listed) ^ {"manifest.json", "manifest.note"}):
        faults.append(f"{file}: missing, or not in the list")
    for file in sorted(found & set(listed)):
        if hashlib.sha256(read(file)).hexdigest() != listed[file]:
            faults.append(f"{file}: not the file that the list names")

    # The leaves lead to every signed root (RFC 6962: 0x00 before a leaf, 0x01 before a node).
    notes = {}
    for path in (folder / "checkpoints").glob("*.note"):
        size, until = int(path.stem), [start for start, _ in spans[1:]] + [len(leaves) + 1]
        due = [signer for (start, signer), end in zip(spans, until) if start <= size <= end]
        told = [signed_text(path.read_bytes(), *public_of(signer)) for signer in due]
        if part:
            told = [lines for signer in signers + later if (lines := signed_text(path.read_bytes(), *public_of(signer)))]
        lines = told[0] if told else None
        if None in told or lines is None or lines[0] != log or lines[1] != path.stem:
            faults.append(f"checkpoints/{path.name}: not a checkpoint of this log, or not signed by this key")
        else:
            notes[int(lines[1])] = base64.b64decode(lines[2])
    places = range(len(leaves))
    if part:
        if list(notes) != [manifest["size"]]:
            return log, len(leaves), None, 0, None, faults + ["checkpoints: not the one checkpoint of this part"]
        places = check_proofs(folder, leaves, *next(iter(notes.items())), faults)
    peaks = []
    for size, leaf in enumerate([] if part else leaves, 1):
        node = hashlib.sha256(b"\x00" + leaf).digest()
        below = size - 1
        while below & 1:
            node = hashlib.sha256(b"\x01" + peaks.pop() + node).digest()
            below >>= 1
        peaks.append(node)
        if size in notes:
            root = peaks[-1]
            for peak in reversed(peaks[:-1]):
                root = hashlib.sha256(b"\x01" + peak + root).digest()
            if root != notes[size]:
                faults.append(f"checkpoints/{size}.note: the first {size} leaves are not those that were signed")
    if not part and max(notes, default=0) != len(leaves):
        faults.append(f"{len(leaves)} leaves, but the last checkpoint signs {max(notes, default=0)}")

    # Each row of a table says what its leaf says, and no answer, signature or completion is left out.
    facts = dict(zip(places, map(json.loads, leaves)))
    whole = {"answers": "answer", "completions": "completion", "attestations": "attest.sign"}
    for path in sorted((folder / "tables").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            head = next(rows)
            if "leaf" not in head:
                continue
            seen = set()
            for row in rows:
                row = dict(zip(head, row))
                number = int(row["leaf"])
                seen.add(number)
                fact = facts.get(number, {"d": {}})
                for column, value in row.items():
                    said = fact.get(column) if column in ("obj", "at", "actor") else fact["d"].get(column)
                    if column != "leaf" and value != cell(said):
                        faults.append(f"tables/{path.name}: leaf {number} says {column}={cell(said)}, the row {value}")
            kind = whole.get(path.stem)
            due = {number for number, fact in facts.items() if fact["k"] == kind}
            for number in sorted(due - seen):
                faults.append(f"tables/{path.name}: leaf {number} has no row")

    private = check_private(folder, facts, signers + later, faults)

    # Every content that a leaf names is there and is what its name says.
    for content in {fact["d"]["rev"] for fact in facts.values() if "rev" in fact["d"]}:
        path = folder / "contents" / f"{content}.json"
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != content:
            faults.append(f"contents/{content}.json: missing or altered")
    stamps = check_stamps(folder, leaves, part, ca, faults)
    return log, len(leaves), None if part else len(notes), stamps, private, faults


def main():
    given, ca, witness = sys.argv[1:], None, None
    while given[:1] in (["--tsa-ca"], ["--witness"]) and len(given) > 1:
        if given[0] == "--witness":
            witness, given = given[1].strip(), given[2:]
            continue
        ca, given = pathlib.Path(given[1]), given[2:]
        if not ca.is_file():
            sys.exit(f"{ca}: no such file")
    if len(given) not in (1, 2):
        sys.exit(__doc__)
    can = ca and shutil.which("openssl")
    folder = pathlib.Path(given[1]) if len(given) == 2 else pathlib.Path(__file__).parent
    log, leaves, checkpoints, stamps, private, faults = check(given[0].strip(), folder, ca if can else None)
    number, seen = check_witness(folder, witness, faults) if witness else (0, None)
    for fault in faults[:20]:
        print(fault)
    if faults:
        sys.exit(f"NOT WHOLE 相違があります: {len(faults)}")
    if checkpoints is None:
        print(f"OK, A PART of {log}: {leaves} leaves, each proved. That none is left out, only the whole pack shows.\n"
              "一部として相違はありません。ほかに記録がないことは、全体の証跡パックでなければわかりません。")
    else:
        print(f"OK {log}: {leaves} leaves, {checkpoints} checkpoints, {stamps} time stamps 相違はありません")
    if witness:
        size, at = seen or ("0", 0)
        print(f"the witness {public_of(witness)[0]} signed {number} checkpoints: the first {size} leaves at "
              f"{datetime.datetime.fromtimestamp(at, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ} 証人の署名: {number}" if seen else
              "NO CHECKPOINT HERE IS SIGNED BY THE WITNESS 証人の署名はありません")
    if private is None:
        print("THE NAMES WERE NOT CHECKED: this pack has no private part 氏名は確かめていません")
    if private:
        print(f"in {private} rows of the roster the name and number are not those that were bound last, or no leaf binds any. The roster has those\n"
              f"of the day on which the pack was made 名簿の{private}行の氏名と職員番号は、最後に証跡に結び付けたものと違うか、結び付けたものがありません")
    if stamps and not can:
        print(f"THE SIGNATURES OF THE TIME STAMPS WERE NOT CHECKED: {'there is no openssl' if ca else '--tsa-ca FILE'} "
              "タイムスタンプの署名は確かめていません")


main()
