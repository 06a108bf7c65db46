#!/usr/bin/env bash
''':'
exec "${SHANBEN_TOOLS:-$HOME/.cache/shanben-tools}/python/bin/python" "$0" "$@"
'''
"""Checks that pages of vertical lines give their text in the order in which it is read, in readers that know nothing of it.

    .ci/columns.py BINARY [--style NAME]... [--pages N] [--slow-pages N] [--verapdf N] FILE...

Converts every FILE in the styles (default: vertical-hant and guji; a path names a style of one's own), without contents, and compares with the txt
output, white space aside:
  poppler, raw, layout   pdftotext, with -raw, with -layout; running heads and folios are left out by themselves
  structure              pdfinfo -struct-text, and of long texts the marked content as pdfminer reads it
  mutool, pdfium, pdfminer (detect_vertical)   the same, but that what stands in the margins of a page may come before or behind its text
A text with notes is compared by structure only, and counted by itself in the others: its notes stand at the end of the txt and at the foot of pages.
--pages, --slow-pages: of each document so many pages are read at most by all but poppler, by pdfminer and pdfium (default: all, 12).
--verapdf N: veraPDF looks at N documents of each style. Prints a line a reader, and what differs; exits 1 if anything does.
"""
import argparse, collections, importlib.util, re, sys, tempfile, threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("outside", HERE / "outside.py")
outside = importlib.util.module_from_spec(spec)
spec.loader.exec_module(outside)
bare, run = outside.bare, outside.run
# What stands in the margins of one page is no longer.
MARGIN = 90
LOCK = threading.Lock()


def poppler(*how):
    return lambda pdf, most: [bare(page) for page in run("pdftotext", *how, pdf, "-").stdout.decode("utf-8", "replace").split("\f")]


def mutool(pdf, most):
    pages = ["1-%d" % most] if most else []
    return [bare(page) for page in run("mutool", "draw", "-q", "-F", "text", pdf, *pages).stdout.decode("utf-8", "replace").split("\f")]


def pdfium(pdf, most):
    import pypdfium2
    with LOCK, pypdfium2.PdfDocument(pdf) as document:
        pages = range(min(len(document), most or len(document)))
        return [bare(document[page].get_textpage().get_text_range().replace("\x02", "-")) for page in pages]


def pdfminer(pdf, most):
    from pdfminer.high_level import extract_text
    from pdfminer.layout import LAParams
    pages = range(most) if most else None
    return [bare(page) for page in extract_text(pdf, page_numbers=pages, laparams=LAParams(detect_vertical=True)).split("\f")]


def alike(text, want, at):
    """How much of the beginning of `text` is that of `want` from `at` on."""
    same = next((k for k, (a, b) in enumerate(zip(text[:50], want[at:at + 50])) if a != b), min(len(text), 50, len(want) - at))
    if same < 50 or len(text) == 50:
        return same
    return next((k for k, (a, b) in enumerate(zip(text, want[at:at + len(text)])) if a != b), min(len(text), len(want) - at))


def in_order(pages, want, margins, whole):
    """Whether the pages together are `want`, or the beginning of it if they are not the whole; with `margins`, each may have a little before and
    behind its text. Gives where they are not."""
    at = 0
    for number, page in enumerate(pages, 1):
        before = 0
        if margins:
            before = max(range(min(len(page), MARGIN) + 1), key=lambda k: alike(page[k:], want, at))
        rest = page[before:]
        same = alike(rest, want, at)
        folio = str(number)
        if margins and len(rest) - same > MARGIN and rest.startswith(folio, same):
            # A folio that is taken for the end of the column above it.
            rest = rest[:same] + rest[same + len(folio):]
            same = alike(rest, want, at)
        if len(rest) - same > (MARGIN if margins else 0):
            return f"page {number}: got {rest[max(0, same - 10):same + 15]!r}, want {want[at + max(0, same - 10):at + same + 15]!r}"
        at += same
    return None if at == len(want) or not whole else f"ends with {want[at - 10:at]!r}, {len(want) - at} characters before the end"


READERS = [("poppler", poppler(), False, None), ("raw", poppler("-raw"), False, None), ("layout", poppler("-layout"), False, None),
           ("mutool", mutool, True, "pages"), ("pdfium", pdfium, True, "slow"), ("pdfminer", pdfminer, True, "slow")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--style", action="append")
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--slow-pages", type=int, default=12)
    parser.add_argument("--verapdf", type=int, default=0)
    parser.add_argument("--only")
    args = parser.parse_args()
    readers = [reader for reader in READERS if not args.only or reader[0] in args.only.split(",")]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for number, base in enumerate(args.style or ["vertical-hant", "guji"]):
            style = folder / f"style-{number}.toml"
            base = str(Path(base).resolve()) if base.endswith(".toml") else base
            style.write_text(Path(base).read_text() + "\n" if base.endswith(".toml") else f'base = "{base}"\ncontents = false\n')
            out = folder / str(number)
            command = (args.binary, "convert", *args.files, "-t", "pdf,txt", "--style", style, "-o", out, "-q")
            done = run(*command)
            pdfs = sorted(out.rglob("*.pdf"))
            if len(pdfs) != len(args.files):
                print(f"{base}: {len(pdfs)} of {len(args.files)} were set: {done.stderr.decode('utf-8', 'replace')[:400]}")
                failed = True

            def look(pdf):
                want = bare(pdf.with_suffix(".txt").read_text("utf-8"))
                noted = outside.has_notes(pdf)
                found = []
                if not args.only:
                    # Poppler takes an hour for the structure of a book of a million characters.
                    said = bare((outside.poppler_text if len(want) < 50_000 else outside.pdfminer_text)(pdf))
                    found.append(("structure", None if said == want else outside.first_difference(said, want)))
                for name, read, margins, limit in readers:
                    most = {"pages": args.pages, "slow": args.slow_pages, None: 0}[limit]
                    try:
                        pages = read(pdf, most)
                    except Exception as error:  # a reader that fails has not given the text
                        found.append((name, repr(error)[:200]))
                        continue
                    # Poppler takes a hyphen at the end of a column for one that parts a word.
                    dashed = name in ("poppler", "layout")
                    pages = [page.replace("-", "") for page in pages] if dashed else pages
                    fault = in_order(pages, want.replace("-", "") if dashed else want, margins, not most)
                    found.append((name + (", with notes" if noted else ""), fault))
                return pdf, found

            counts, faults = collections.Counter(), collections.defaultdict(list)
            with ThreadPoolExecutor(2) as pool:
                for pdf, found in pool.map(look, pdfs):
                    for name, fault in found:
                        counts[name] += 1
                        if fault:
                            faults[name].append(f"{pdf.name}: {fault}")
            for name, count in counts.items():
                print(f"{base}, {name}: {count - len(faults[name])} of {count} exact")
                for fault in faults[name][:6]:
                    print("    " + fault)
                failed |= bool(faults[name]) and not name.endswith("notes")
            if args.verapdf:
                chosen = pdfs[::max(1, len(pdfs) // args.verapdf)][:args.verapdf]
                for flavour in ("3a", "ua1"):
                    result = run(HERE / "verapdf" / "check", flavour, *chosen) if (HERE / "verapdf" / "check").exists() else None
                    print(f"{base}, veraPDF {flavour}: {result.stdout.decode()[-200:] if result else 'no checker'}")
    sys.exit(failed)


main()
