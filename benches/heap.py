#!/usr/bin/env python3
"""A heap of files: benches/heap.py BINARY COUNT [--characters N] [--all] [--folder FOLDER].

Makes so many texts, a thousand a folder, in a folder of its own below FOLDER (/dev/shm): notices of 150 bytes, or with --characters texts of so many characters in GB18030.
Converts them to Markdown, and once more when nothing is to do; with --all to other formats, in four shares that are merged, as one volume, and through archives. Prints for each
CPU seconds (user and system), texts a CPU second, and the most memory, and takes all away again."""
import argparse
import os
import subprocess
import sys
import tempfile

NOTICE = "通知第{}号\n\n　　各街道办事处：\n　　兹定于{}月{}日召开会议,请准时参加.\n　　特此通知。\n\n　　　　某市人民政府\n"
SENTENCE = "天色将晚,山道上只剩下一个挑担子的人;他走得不快,却从不停步."


def text(n, characters):
    if not characters:
        return NOTICE.format(n, n % 12 + 1, n % 28 + 1).encode("utf-8")
    lines, length = [f"第{n}篇", ""], 0
    while length < characters:
        lines.append("　　" + SENTENCE * (2 + (n + len(lines)) % 5))
        length += len(lines[-1])
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def make(folder, count, characters):
    for n in range(count):
        if n % 1000 == 0:
            os.makedirs(f"{folder}/{n // 1000:04}")
        with open(f"{folder}/{n // 1000:04}/{n % 1000:04}.txt", "wb") as file:
            file.write(text(n, characters))


def run(folder, *words, **pipes):
    """CPU seconds and the most memory of one run."""
    process = subprocess.Popen(words, cwd=folder, stderr=subprocess.DEVNULL, **pipes)
    _, status, use = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{words}: {status}")
    return use.ru_utime + use.ru_stime, use.ru_maxrss // 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=os.path.realpath)
    parser.add_argument("count", type=int)
    parser.add_argument("--characters", type=int, default=0)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--folder", default="/dev/shm")
    args = parser.parse_args()

    def tell(what, *uses):
        seconds = sum(use[0] for use in uses)
        print(f"| {what} | {seconds:.2f} | {args.count / seconds:,.0f} | {max(use[1] for use in uses)} MB |", flush=True)

    with tempfile.TemporaryDirectory(dir=args.folder) as work:
        make(f"{work}/in", args.count, args.characters)

        def convert(formats, out, *more):
            return run(work, args.binary, "convert", "in", "-o", out, "-t", formats, "-q", "-j", "2", *more)

        print("| what | CPU seconds | texts a CPU second | most memory |\n|---|---|---|---|")
        tell("→ md", convert("md", "md"))
        tell("again, nothing to do", convert("md", "md"))
        if not args.all:
            return
        for formats in ("pdf,md", "docx", "epub,html"):
            tell(f"→ {formats}", convert(formats, formats.replace(",", "-")))
        tell("four shares → md, together", *(convert("md", "shares", "--shard", f"{share}/4") for share in range(4)))
        tell("merge of the four", run(work, args.binary, "merge", "shares", "-o", "merged", "-q"))
        tell("one volume", run(work, args.binary, "bind", "in", "-o", "volumes", "-q"))
        tell("verify of the volume", run(work, args.binary, "verify", "volumes", "-q", stdout=subprocess.DEVNULL))
        subprocess.run(["tar", "-cf", "in.tar", "in"], cwd=work, check=True)
        for formats in ("md", "pdf,md"):
            with open(f"{work}/in.tar", "rb") as archive:
                tell(f"tar → tar of {formats}", run(work, args.binary, "convert", "-", "-o", "-", "-t", formats, "-q", "-j", "2", stdin=archive, stdout=subprocess.DEVNULL))


main()
