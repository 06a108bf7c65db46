#!/usr/bin/env bash
''':'
exec "${SHANBEN_TOOLS:-$HOME/.cache/shanben-tools}/python/bin/python" "$0" "$@"
'''
"""Goes through the tracked changes of a DOCX with python-docx as a person does in Word, and looks that `shanben accept` takes them: `.ci/review.py BINARY`."""
import pathlib
import subprocess
import sys
import tempfile
import tomllib

import docx
from docx.oxml.ns import qn

BINARY = pathlib.Path(sys.argv[1]).resolve()
TEXT = '山行\n\n第一章 雨\n　　他说,今天走.\n　　她问:"去吗?"他答,走.\n第二章 云\n　　云从山后面升起来,越来越低了;风(很大)也来了.\n'


def settle(element, kept):
    """Leaves what is in a change where it is `kept`, as text, or takes it away."""
    parent = element.getparent()
    if kept:
        for deleted in element.iter(qn("w:delText")):
            deleted.tag = qn("w:t")
        for child in list(element):
            element.addprevious(child)
    parent.remove(element)


def said(element):
    return "".join(piece.text or "" for piece in element.iter(qn("w:t"), qn("w:delText")))


def review(path):
    """Rejects every colon and the first comma, accepts every full stop, leaves all else open."""
    document = docx.Document(str(path))
    commas = 0
    for element in list(document.element.body.iter(qn("w:ins"), qn("w:del"))):
        put, text = element.tag == qn("w:ins"), said(element)
        if text in (",", "，"):
            commas += not put
        if text in (":", "：") or text in (",", "，") and commas == 1:
            settle(element, kept=not put)
        elif text in (".", "。"):
            settle(element, kept=put)
    document.save(str(path))


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    run = lambda *args: subprocess.run([BINARY, *args], cwd=folder, check=True, capture_output=True, text=True)
    (folder / "a.txt").write_text(TEXT)
    run("convert", "a.txt", "-o", "out", "-t", "docx,md", "--track-changes")
    review(folder / "out/a.docx")
    run("accept", "out/a.docx")
    edits = tomllib.loads((folder / "shanben.decisions.toml").read_text())["file"][0]["edit"]
    found = [(edit["line"], edit["before"], edit["decision"]) for edit in edits]
    wanted = [(4, ",", "reject"), (4, ".", "accept"), (5, ":", "reject"), (5, ".", "accept"), (7, ".", "accept")]
    assert found == wanted, found
    run("convert", "a.txt", "-o", "out", "-t", "docx,md", "--force")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(folder / "out/a.docx")).paragraphs)
    assert "他说,今天走。" in text and "她问:“去吗？”他答，走。" in text, text
print("review: what python-docx accepts and rejects comes back as decisions, and the next edition shows it")
