#!/usr/bin/env python3
"""A heap of small files: benches/heap.py BINARY COUNT [FOLDER] makes so many notices of 150 bytes, a thousand a folder, in a folder of its own below FOLDER (/dev/shm),
converts them to Markdown, and once more when nothing is to do; prints seconds of work and memory of each run, and takes all away again."""
import os
import subprocess
import sys
import tempfile

TEXT = "通知第{}号\n\n　　各街道办事处：\n　　兹定于{}月{}日召开会议,请准时参加.\n　　特此通知。\n\n　　　　某市人民政府\n"


def make(folder, count):
    for n in range(count):
        if n % 1000 == 0:
            os.makedirs(f"{folder}/{n // 1000:04}")
        with open(f"{folder}/{n // 1000:04}/{n % 1000:04}.txt", "w", encoding="utf-8") as file:
            file.write(TEXT.format(n, n % 12 + 1, n % 28 + 1))


def run(command, folder):
    process = subprocess.Popen(command, cwd=folder)
    _, status, use = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command}: {status}")
    return f"{use.ru_utime + use.ru_stime:.1f} CPU seconds, {use.ru_maxrss // 1024} MB"


def main(binary, count, folder="/dev/shm"):
    with tempfile.TemporaryDirectory(dir=folder) as work:
        make(f"{work}/in", int(count))
        for what in ("converted", "again"):
            print(what, run([os.path.realpath(binary), "convert", "in", "-o", "out", "-t", "md", "-q"], work), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
