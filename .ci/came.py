#!/usr/bin/env python3
"""A text in which everything is rejected comes out as it came: `.ci/came.py BINARY FILE|FOLDER…`.

Each text is converted to txt where `[[edit]] decision = "reject"` stands beside it, and compared, but for its line ends, with what Python's own decoders make of its bytes."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CODECS = {"utf-8": "utf-8", "gb18030": "gb18030", "big5": "big5hkscs", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
# Signs that the tables of Python and of browsers read otherwise: those of Big5 with two readings, and what GB18030 had at private places before 2022.
OTHERWISE = re.compile("[•‧‾¯ˍ\ue000-\uf8ff]|[^\u0000-\ud7ff\ue000-\uffff]")

binary = pathlib.Path(sys.argv[1]).resolve()
texts = [path for given in map(pathlib.Path, sys.argv[2:]) for path in ([given] if given.is_file() else sorted(given.rglob("*.txt")))]
with tempfile.TemporaryDirectory() as work:
    work = pathlib.Path(work)
    (work / "in").mkdir()
    (work / "in/shanben.decisions.toml").write_text('[[edit]]\ndecision = "reject"\n')
    for n, path in enumerate(texts):
        shutil.copyfile(path, work / f"in/{n}.txt")
    subprocess.run([binary, "convert", "in", "-o", "out", "-t", "txt", "-q", "--report", "report.jsonl"], cwd=work, stderr=subprocess.DEVNULL)
    same, unread, failed, faults = 0, 0, 0, []
    for line in (work / "report.jsonl").read_text().splitlines():
        record = json.loads(line)
        if "input" not in record or not record["input"].endswith(".txt"):
            continue
        n = int(pathlib.Path(record["input"]).stem)
        if record["status"] != "done":
            failed += 1
            continue
        raw = (work / f"in/{n}.txt").read_bytes()
        out = (work / f"out/{n}.txt").read_bytes().decode()
        label = record["encoding"]["label"]
        try:
            came = raw.decode(CODECS[label])
        except (KeyError, UnicodeDecodeError):
            unread += 1
            continue
        came = re.sub("\r(?=\r?\n)", "", came).replace("\r", "\n")
        apart = [i for i, (a, b) in enumerate(zip(came, out)) if a != b and not OTHERWISE.match(a)]
        if len(came) == len(out) and not apart:
            same += 1
        else:
            at = apart[0] if apart else min(len(came), len(out))
            faults.append((texts[n], label, came[max(0, at - 8) : at + 12], out[max(0, at - 8) : at + 12]))
    for fault in faults[:40]:
        print(*map(repr, fault))
    print(f"came: of {len(texts)} texts {same} are as they came, {len(faults)} are not, {unread} Python does not decode, {failed} are not converted")
    sys.exit(bool(faults))
