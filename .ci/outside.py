#!/usr/bin/env bash
''':'
exec "${SHANBEN_TOOLS:-$HOME/.cache/shanben-tools}/python/bin/python" "$0" "$@"
'''
"""Checks what shanben writes with readers that know nothing of it.

    .ci/outside.py BINARY [--style NAME]... [--only CHECK,...] [--keep DIR] [INPUT]...

Converts INPUT (default: input/ and the texts that .ci/cases.py makes; with --long one of 2,000 pages) in every style, and in a style
with options (book+colophon+booklet), and demands of every document that
  pdf       qpdf --check is clean
  poppler   pdfinfo -struct-text gives the text of the txt output, in reading order
  pdfminer  the marked content outside artifacts gives the same
  order     pdfium, which Chrome reads PDFs with, gives the same text by the structure tree, which is what a screen reader says (framed
            characters aside); on long files much faster than poppler
  mupdf     every character of the text is extracted (order and artifacts aside)
  scripts   poppler and mupdf each give every line of the texts in twenty scripts and of those from right to left as it was written
  search    pdfium finds the words that a line end parts
  drawn     mupdf draws every glyph that the pages show
  edges     no line in poppler's boxes begins with a closing mark or ends with an opening one, none leaves the paper
  faces     with fonts as users have them (outlines of CFF, a collection, a variable font) poppler and mupdf give every line as it was written, the PDF
            embeds that font, and PDF/A-3a and PDF/UA-1 hold
  lengths   poppler's boxes and mupdf's paths have every length of the official documents of tests/data/office as its table says (GB/T 9704)
  docx      python-docx (numbering and notes resolved here) gives the same text, and headings of the same levels as the Markdown
  changes   with --track-changes, python-docx gives the same text when all changes are accepted, and the decoded source when all are
            rejected (Python's own codecs decode it); what has no place in a paragraph is named by the comment at the beginning
  schema    Microsoft's Open XML SDK finds nothing against the transitional schemas, and nothing that Word would stumble over (with and
            without tracked changes)
  fonts     with --embed-fonts, LibreOffice sets the samples in the fonts that the DOCX carries
  office    LibreOffice opens the DOCX and shows the same text
  pages     LibreOffice sets the DOCX of the samples on as many pages as our PDF has: within a tenth, a page where they are under five
  book      EPUBCheck finds nothing; ElementTree reads the same text in the order of the spine, notes after all
  access    Ace, in Chromium, finds nothing in the books of eight samples, or of all texts that are named
  page      Python's html.parser reads the same text in the page of HTML
  bag       bagit, the reader of the Library of Congress, finds a bag of all editions complete and sound, and one that was changed not
  markdown  markdown-it and mistune give the same text and headings; PyYAML reads the front matter
  verapdf   PDF/A-3a and PDF/UA-1 hold, no rule failed
  account   what `inspect --json` says and the report of a conversion are as docs/report.schema.json has them (python-jsonschema); every
            change stands at its place in the source as Python's codecs decode it, and no two touch
White space is left out of all comparisons. Prints a line a check, and what differs; exits 1 if anything does.
"""
import argparse, collections, html, html.parser, json, os, re, shutil, subprocess, sys, tempfile, threading, zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
TOOLS = Path(os.environ.get("SHANBEN_TOOLS", Path.home() / ".cache/shanben-tools"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORBIDDEN_START = set("，、。．；：！？）》〉」』】〕］｝”’·…々％‰℃°′″")
FORBIDDEN_END = set("（《〈「『【〔［｛“‘￥＄№＃")
PDFIUM = threading.Lock()  # it takes one document at a time
STATED = "\ufffc"  # a character in a frame


def bare(text):
    """The text without white space and the byte order mark."""
    return re.sub(r"[\s\u3000\ufeff]+", "", text)


def run(*command, **kw):
    return subprocess.run([str(c) for c in command], capture_output=True, **kw)


def drawn(got, want):
    """`got` with the signs that were typed before items where bullets are drawn for them."""
    return "".join(b if a == "•" and b in "-*+" else a for a, b in zip(got, want)) + got[len(want):]


def first_difference(got, want):
    n = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
    return f"at {n} of {len(want)}: got {got[max(0, n - 12):n + 20]!r}, want {want[max(0, n - 12):n + 20]!r}"


# --- PDF -------------------------------------------------------------------------------------------------------------------

def poppler_text(pdf):
    """The text in poppler's dump of the structure tree; table of contents and appendices are no part of the document's text."""
    out = run("pdfinfo", "-struct-text", pdf).stdout.decode("utf-8", "replace")
    text, skip = [], None
    for line in out.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        body = line.strip()
        if skip is not None and indent > skip:
            continue
        skip = None
        if body.startswith('"') and body.endswith('"') and len(body) >= 2:
            text.append(body[1:-1])
        elif re.match(r"(TOC|Sect)\b", body):
            skip = indent
    return "".join(text)


def has_notes(pdf):
    return "Note" in run("pdfinfo", "-struct", pdf).stdout.decode("utf-8", "replace")


def pdfminer_text(pdf):
    from pdfminer.converter import PDFConverter
    from pdfminer.layout import LTPage
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.psparser import PSLiteral
    from pdfminer.pdffont import PDFUnicodeNotDefined

    class Device(PDFTextDevice):
        def __init__(self, manager):
            super().__init__(manager)
            self.stack, self.text = [], []

        def begin_tag(self, tag, props=None):
            name = tag.name if isinstance(tag, PSLiteral) else str(tag)
            actual = props.get("ActualText") if isinstance(props, dict) else None
            if isinstance(actual, bytes) and not self.hidden():
                self.text.append(actual[2:].decode("utf-16-be") if actual.startswith(b"\xfe\xff") else actual.decode("latin-1"))
            self.stack.append((name, actual is not None))

        def end_tag(self):
            if self.stack:
                self.stack.pop()

        def do_tag(self, tag, props=None):
            pass

        def hidden(self):
            return any(name in ("Artifact", "TOCI", "TOC") or actual for name, actual in self.stack)

        def render_string(self, textstate, seq, ncs, graphicstate):
            if self.hidden():
                return
            font = textstate.font
            for item in seq:
                if isinstance(item, bytes):
                    for cid in font.decode(item):
                        try:
                            self.text.append(font.to_unichr(cid))
                        except PDFUnicodeNotDefined:
                            self.text.append("\ufffd")

    manager = PDFResourceManager()
    device = Device(manager)
    interpreter = PDFPageInterpreter(manager, device)
    with open(pdf, "rb") as f:
        for page in PDFPage.get_pages(f):
            interpreter.process_page(page)
    return "".join(device.text)


def pdfium_text(pdf):
    """The text in the order of the structure tree, table of contents and appendices left out; pdfium does not read what ActualText says."""
    import ctypes
    import pypdfium2
    import pypdfium2.raw as pdfium

    def string(read):
        size = read(None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        read(buffer, size)
        return buffer.raw[:max(size - 2, 0)].decode("utf-16-le", "replace")

    def wide(buffer):
        return ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)) if buffer else None

    def stated(piece):
        return any(pdfium.FPDFPageObjMark_GetParamStringValue(pdfium.FPDFPageObj_GetMark(piece, i), b"ActualText", None, 0, ctypes.c_ulong())
                   for i in range(pdfium.FPDFPageObj_CountMarks(piece)))

    def walk(element, said, out):
        if string(lambda b, n: pdfium.FPDF_StructElement_GetType(element, b, n)) in ("TOC", "Sect"):
            return
        for i in range(pdfium.FPDF_StructElement_CountChildren(element)):
            content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, i)
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, i)
            if content >= 0:
                out.extend(said.get(content, []))
            elif child:
                walk(child, said, out)

    out = []
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            shown, said = page.get_textpage(), collections.defaultdict(list)
            for i in range(pdfium.FPDFPage_CountObjects(page)):
                piece = pdfium.FPDFPage_GetObject(page, i)
                content = pdfium.FPDFPageObj_GetMarkedContentID(piece)
                if content >= 0 and pdfium.FPDFPageObj_GetType(piece) == pdfium.FPDF_PAGEOBJ_TEXT:
                    own = lambda b, n: pdfium.FPDFTextObj_GetText(piece, shown, wide(b), n)
                    said[content].append(STATED if stated(piece) else string(own))
            tree = pdfium.FPDF_StructTree_GetForPage(page)
            for i in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, i), said, out)
            pdfium.FPDF_StructTree_Close(tree)
    # A hyphen where a word goes on in the next line.
    return "".join(out).replace("\x02", "-")


LEFTWARD = re.compile("[\u0590-\u08ff]")


def script_faults(pdf):
    """The lines of the text that poppler or mupdf do not give back, those that go on in the next line put together. Poppler puts in what says that
    a line turns; it takes marks beside words from right to left for theirs, and puts numbers among them in an order of its own."""
    said = {name: re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", bare(run(*command).stdout.decode("utf-8", "replace"))) for name, command in
            (("poppler", ("pdftotext", pdf, "-")), ("mupdf", ("mutool", "draw", "-q", "-F", "text", pdf)))}
    letters = lambda text: re.sub(r"\W", "", text)
    lines = [bare(line) for line in pdf.with_suffix(".txt").read_text("utf-8").splitlines()]
    faults = [f"mupdf: {line}" for line in lines if line not in said["mupdf"]]
    for line in lines:
        turned = LEFTWARD.search(line)
        if turned and re.search(r"\d", line):
            continue
        if letters(line) not in letters(said["poppler"]) if turned else line not in said["poppler"]:
            faults.append(f"poppler: {line}")
    return faults


def parted_words(pdf, want):
    """How many words of four Han characters a line end parts, and those of them that a search of their page does not find (pdfium finds
    none beyond U+FFFF)."""
    import pypdfium2
    count, lost = 0, []
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            lines = [line.strip() for line in text.get_text_range().splitlines()]
            for line, following in zip(lines, lines[1:]):
                word = line[-2:] + following[:2]
                if re.fullmatch('[\u3400-\u9fff]{4}', word) and word in want:
                    count += 1
                    if text.search(word).get_next() is None:
                        lost.append(f"page {number}: {word}")
    return count, lost


def edges(pdf):
    """Lines of poppler's boxes that begin or end as they must not, or leave the paper; what begins or ends a paragraph so is excused."""
    own = [bare(line) for line in re.split(r"[\n\t]", pdf.with_suffix(".txt").read_text("utf-8"))]
    starts = {line[:6] for line in own if line[:1] in FORBIDDEN_START}
    ends = {line[-6:] for line in own if line[-1:] in FORBIDDEN_END}
    out = run("pdftotext", "-bbox-layout", pdf, "-").stdout.decode("utf-8", "replace")
    faults = []
    for number, page in enumerate(re.split(r"<page ", out)[1:], 1):
        width = float(re.search(r'width="([\d.]+)"', page).group(1))
        # poppler parts a line at wide gaps: words whose middles are as good as level are one line again
        words = sorted(((float(y) + float(bottom)) / 2, float(x), float(right), html.unescape(text)) for x, y, right, bottom, text in re.findall(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page, re.S))
        lines, level = [], None
        for middle, x, right, text in words:
            if level is None or middle - level > 3:
                lines.append([])
            level = middle
            lines[-1].append((x, right, text))
        for words in lines:
            words.sort()
            text = " ".join(w for _, _, w in words)
            if words[0][0] < -0.5 or words[-1][1] > width + 0.5:
                faults.append(f"page {number} leaves the paper: {text[:40]}")
            if len(text) <= 2:
                continue  # an ornament, a page number
            begins = bare(text)[:6]
            if text[0] in FORBIDDEN_START - {"…"} and not any(own.startswith(begins[:len(own)]) for own in starts if own):
                faults.append(f"page {number} begins with {text[0]}: {text[:40]}")
            if text[-1] in FORBIDDEN_END and not any(own.endswith(bare(text)[-len(own):]) for own in ends if own):
                faults.append(f"page {number} ends with {text[-1]}: {text[-40:]}")
    return faults


OFFICE = HERE.parent / "tests/data/office"
MM = 25.4 / 72


class Measured:
    """The pages of a PDF: em squares of texts by poppler, rules across the page by mupdf, in millimetres from the upper left corner."""

    def __init__(self, pdf):
        out = run("pdftotext", "-bbox-layout", pdf, "-").stdout.decode("utf-8", "replace")
        self.pages = []
        for number, page in enumerate(re.split(r"<page ", out)[1:], 1):
            size = [float(re.search(rf'{side}="([\d.]+)"', page).group(1)) * MM for side in ("width", "height")]
            words = [([float(v) * MM for v in found[:4]], html.unescape(found[4])) for found in re.findall(
                r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page, re.S)]
            lines = []
            for box, text in sorted(words, key=lambda word: ((word[0][1] + word[0][3]) / 2, word[0][0])):
                middle = (box[1] + box[3]) / 2
                if not lines or abs(lines[-1][0] - middle) > 0.5:
                    lines.append((middle, []))
                lines[-1][1].append((box, text))
            trace = run("mutool", "trace", pdf, str(number)).stdout.decode("utf-8", "replace")
            rules = []
            for path in re.findall(r"<fill_path.*?</fill_path>", trace, re.S):
                points = [(float(x) * MM, size[1] - float(y) * MM) for x, y in re.findall(r'<(?:move|line)to x="([-\d.]+)" y="([-\d.]+)"', path)]
                if points:
                    (left, top), (right, bottom) = (tuple(map(f, zip(*points))) for f in (min, max))
                    if right - left >= 100:
                        rules.append((left, top, right, bottom))
            self.pages.append((size, [line for _, line in lines], sorted(rules, key=lambda rule: rule[1])))

    def find(self, page, text):
        """The box of `text`, which begins and ends with words of poppler's or has as much of them as its characters have."""
        for line in self.pages[page - 1][1]:
            squares = []
            for (left, top, right, bottom), word in sorted(line):
                # A character of Han is as wide as its em square, whatever stands beside it.
                em = bottom - top
                x, end = left, right
                wide = [ord(c) > 0x2e80 for c in word]
                lead = next((n for n, w in enumerate(wide) if not w), len(wide))
                tail = next((n for n, w in enumerate(reversed(wide)) if not w), len(wide))
                step = (right - left - em) / max(1, len(word) - 1) if all(wide) else em
                for n, c in enumerate(word):
                    if n < lead or all(wide):
                        at = (left + n * step, left + n * step + em)
                    elif n >= len(word) - tail:
                        at = (right - (len(word) - n) * em, right - (len(word) - 1 - n) * em)
                    else:
                        at = (left if n == 0 else None, right if n == len(word) - 1 else None)
                    squares.append((c, at, top, bottom))
            said = "".join(c for c, *_ in squares)
            at = said.find(text)
            if at >= 0 and squares[at][1][0] is not None:
                (_, first, top, _), (_, last, _, bottom) = squares[at], squares[at + len(text) - 1]
                return first[0], top, last[1], bottom
        return None

    def length(self, page, what, of):
        (width, height), _, rules = self.pages[page - 1]
        first, _, second = of.partition("|")
        rule = lambda n: rules[int(n) - 1]
        box = lambda text: self.find(page, text)
        middle = lambda text: (box(text)[0] + box(text)[2]) / 2
        return {
            "top": lambda: box(of)[1], "left": lambda: box(of)[0], "right": lambda: width - box(of)[2], "middle": lambda: middle(of),
            "below": lambda: box(second)[1] - box(first)[3], "centred": lambda: middle(second) - middle(first),
            "rule": lambda: rule(of)[1], "rule-left": lambda: rule(of)[0], "rule-width": lambda: rule(of)[2] - rule(of)[0],
            "rule-foot": lambda: height - rule(of)[3], "rule-below": lambda: rule(second)[1] - box(first)[3],
            "below-rule": lambda: box(second)[1] - rule(first)[3],
        }[what]()


def office_lengths(binary, folder):
    """What is not as long as the table says: the document, and a sentence for each length, none where it is right."""
    run(binary, "convert", OFFICE, "-o", folder, "-s", "official", "-t", "pdf", "--force", "-q", check=True)
    pages = {}
    for row in (OFFICE / "lengths.tsv").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        name, page, what, of, wanted, clause = row.split("\t")
        measured = pages.setdefault(name, None) or pages.__setitem__(name, Measured(folder / f"{name}.pdf")) or pages[name]
        try:
            got = measured.length(int(page), what, of)
        except (TypeError, IndexError):
            got = None
        right = got is not None and abs(got - float(wanted)) <= 0.2
        yield name, None if right else f"page {page}, {what} {of}: {got if got is None else round(got, 2)} mm, not {wanted} ({clause})"


def face_faults(binary, folder):
    """The fonts of .ci/install by name, and what is wrong with a PDF of their own characters, None where nothing is."""
    from fontTools.ttLib import TTFont
    for name, own in (("FandolFang-Regular.otf", "FandolFang"), ("uming.ttc", "UMingCN"), ("variable.ttf", "NotoSerifSC")):
        font = TOOLS / "fonts" / name
        han = [chr(c) for c in sorted(TTFont(font, fontNumber=0, lazy=True).getBestCmap()) if 0x4e00 <= c <= 0x9fff]
        han = "".join(han[::max(1, len(han) // 2000)])
        lines = ["，".join(han[at + k:at + k + 9] for k in range(0, 90, 9) if han[at + k:at + k + 9]) + "。" for at in range(0, len(han), 90)]
        folder.mkdir(parents=True, exist_ok=True)
        source, pdf = folder / (name + ".txt"), folder / (name + ".pdf")
        source.write_text("全字\n\n" + "".join(f"　　{line}\n" for line in lines), "utf-8")
        run(binary, "convert", source, "-o", folder, "-t", "pdf", "-s", "official", "-r", "none", "--force", "-q", "--font", f"fangsong={font}", check=True)
        lost = []
        for command in (("pdftotext", pdf, "-"), ("mutool", "draw", "-q", "-F", "text", pdf)):
            # The number of a page may stand between two of its lines.
            said = re.sub(r"—\d+—|\d+", "", bare(run(*command).stdout.decode("utf-8", "replace")))
            lost += [f"{command[0]}: {line[:20]}" for line in lines if line not in said]
        if own not in run("pdffonts", pdf).stdout.decode():
            lost.append("another font is embedded")
        check = run(TOOLS / "verapdf/verapdf", "-t", "3a,ua1", pdf).stdout.decode()
        lost += [line for line in check.splitlines() if "FAIL" in line or "ERROR" in line]
        yield name, f"{lost[0]} ({len(lost)} in all)" if lost else None if "PASS" in check else "nothing was checked"


# --- DOCX ------------------------------------------------------------------------------------------------------------------

HAN_DIGITS = "零一二三四五六七八九"


def han(n):
    if n < 10:
        return HAN_DIGITS[n]
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        d = n // unit % 10
        if not d:
            gap = bool(out)
            continue
        out += ("零" if gap else "") + ("" if not out and unit == 10 and d == 1 else HAN_DIGITS[d]) + name
        gap = False
    if n % 10:
        out += ("零" if gap else "") + HAN_DIGITS[n % 10]
    return out


def number(n, form):
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return han(n)
    if form.startswith("decimalEnclosedCircle"):
        return chr(0x2460 + n - 1) if n <= 20 else f"({n})"
    return str(n)


class Docx:
    """The text of a DOCX, read by python-docx and its XML: numbering, notes and ruby resolved, table of contents left out, and all tracked
    changes accepted or rejected."""

    def __init__(self, path, rejected=False):
        import docx
        self.rejected = rejected
        self.doc = docx.Document(str(path))
        zf = zipfile.ZipFile(path)
        part = lambda n: ElementTree.fromstring(zf.read(n)) if n in zf.namelist() else None
        self.levels, self.counts = {}, collections.defaultdict(int)
        numbering = part("word/numbering.xml")
        if numbering is not None:
            abstract = {}
            for a in numbering.iter(W + "abstractNum"):
                abstract[a.get(W + "abstractNumId")] = {
                    l.get(W + "ilvl"): (int(l.find(W + "start").get(W + "val")) if l.find(W + "start") is not None else 1,
                                        l.find(W + "numFmt").get(W + "val"), l.find(W + "lvlText").get(W + "val"))
                    for l in a.iter(W + "lvl")}
            for n in numbering.iter(W + "num"):
                self.levels[n.get(W + "numId")] = (n.find(W + "abstractNumId").get(W + "val"), abstract, {
                    o.get(W + "ilvl"): int(o.find(W + "startOverride").get(W + "val"))
                    for o in n.iter(W + "lvlOverride") if o.find(W + "startOverride") is not None})
        self.text, self.headings, self.notes, self.readings, self.alone = [], [], "", "", False
        settings = part("word/settings.xml")
        form = settings.find(f"{W}footnotePr/{W}numFmt") if settings is not None else None
        self.marks, self.marked = form.get(W + "val") if form is not None else "decimal", collections.Counter()
        self.body(self.doc.element.body)
        before = len(self.text)
        notes = part("word/footnotes.xml")
        if notes is not None:
            for note in notes.iter(W + "footnote"):
                if note.get(W + "type") is None:
                    self.body(note)
        self.notes = "".join(self.text[before:])

    def body(self, parent):
        for element in parent:
            if element.tag == W + "p":
                self.paragraph(element)
            elif element.tag == W + "tbl":
                for cell in element.iter(W + "tc"):
                    self.body(cell)
            elif element.tag == W + "sdt":
                gallery = element.find(f".//{W}docPartGallery")
                if gallery is None or gallery.get(W + "val") != "Table of Contents":
                    self.body(element.find(W + "sdtContent"))

    def paragraph(self, p):
        style = p.find(f"{W}pPr/{W}pStyle")
        style = style.get(W + "val") if style is not None else ""
        if style.upper().startswith("TOC"):
            return
        self.alone = style == "Figure"
        line = self.marker(p) + self.runs(p)
        self.text.append(line)
        m = re.fullmatch(r"Heading(\d)", style)
        if style == "Title" or m:
            self.headings.append((1 if style == "Title" else int(m.group(1)), bare(line)))

    def marker(self, p):
        num = p.find(f"{W}pPr/{W}numPr")
        if num is None:
            return ""
        level = num.find(W + "ilvl").get(W + "val") if num.find(W + "ilvl") is not None else "0"
        key = num.find(W + "numId").get(W + "val")
        if key not in self.levels:
            return ""
        abstract_id, abstract, starts = self.levels[key]
        start, form, text = abstract[abstract_id][level]
        start = starts.get(level, start)
        n = self.counts.get((key, level), start - 1) + 1
        self.counts[key, level] = n
        for deeper in range(int(level) + 1, 9):
            self.counts.pop((key, str(deeper)), None)
        return text if form in ("bullet", "none") else text.replace(f"%{int(level) + 1}", number(n, form))

    def runs(self, parent):
        out, field = [], 0
        for e in parent:
            if e.tag == W + ("ins" if self.rejected else "del"):
                continue
            elif e.tag in (W + "t", W + "delText"):
                out.append(e.text or "")
            elif e.tag in (W + "tab",) and parent.tag == W + "r":
                # Behind a run that is not seen it stands for the blanks in that.
                before = parent.getprevious()
                stands_in = before is not None and before.find(f"{W}rPr/{W}vanish") is not None and parent.find(f"{W}rPr/{W}vanish") is None
                out.append("" if stands_in else "\t")
            elif e.tag in (W + "br", W + "cr"):
                out.append("\n")
            elif e.tag == W + "ruby":
                base = "".join(self.runs(r) for r in e.find(W + "rubyBase"))
                reading = f"（{''.join(self.runs(r) for r in e.find(W + 'rt'))}）"
                self.readings += reading
                out.append(base + reading)
            elif e.tag in (W + "footnoteReference", W + "footnoteRef") and e.get(W + "customMarkFollows") is None:
                self.marked[e.tag] += 1
                out.append(number(self.marked[e.tag], self.marks))
            elif e.tag == W + "drawing" and not self.alone:
                described = "".join(d.get("descr", "") for d in e.iter() if d.tag.endswith("}docPr"))
                self.readings += described
                out.append(described)
            elif e.tag in (W + "r", W + "hyperlink", W + "ins", W + "del", W + "smartTag", W + "sdt", W + "sdtContent"):
                out.append(self.runs(e))
        return "".join(out)


def rejected_fault(docx, source, encoding):
    """What the source has and the DOCX with all changes rejected has not, or the other way; None when they agree."""
    text = source.decode({"big5": "big5hkscs", "gbk": "gb18030"}.get(encoding, encoding))
    read = Docx(docx, rejected=True)
    comments = zipfile.ZipFile(docx)
    first = ""
    if "word/comments.xml" in comments.namelist():
        comment = ElementTree.fromstring(comments.read("word/comments.xml")).find(W + "comment")
        first = "".join(t.text or "" for t in comment.iter(W + "t"))
    # Python's tables differ from those of the WHATWG.
    same = str.maketrans("•∕‾､∼", "‧／¯﹑～") if encoding == "big5" else str.maketrans("\ue7c7", "ḿ")
    got, want = (collections.Counter(re.sub("[\x00-\x1f]", "", bare(t).translate(same))) for t in ("".join(read.text), text))
    extra, lost = got - want, want - got
    if not extra and not lost:
        return None
    hidden = re.search("(?:未在文中标出：|未在文中標出：|Not shown in the text: )(.*)", first)
    rules = re.findall("([a-z][-a-z0-9]*) [0-9]+", hidden.group(1)) if hidden else []
    if set(rules) - {"newline", "blank-lines", "trailing-space", "paragraph-indent"}:
        return None
    return f"extra {dict(list(extra.items())[:9])} lost {dict(list(lost.items())[:9])}, not shown: {rules}"


SCHEMA = """
import { readFileSync, writeFileSync } from 'node:fs';
import validate from '@ooxml-tools/validate';
const [list, out] = process.argv.slice(2);
const results = {};
for (const path of JSON.parse(readFileSync(list, 'utf8'))) {
  const bytes = new Uint8Array(readFileSync(path));
  results[path] = [];
  for (const version of ['Office2007', 'Microsoft365']) results[path].push(...await validate(bytes, version));
}
writeFileSync(out, JSON.stringify(results));
process.exit(0);
"""


def schema_faults(files, folder):
    """What the Open XML SDK finds, by file."""
    script, inputs, results = TOOLS / "schema.mjs", folder / "schema-in.json", folder / "schema-out.json"
    script.write_text(SCHEMA)
    results.unlink(missing_ok=True)
    inputs.write_text(json.dumps([str(f.resolve()) for f in files]))
    done = run("node", script, inputs, results)
    if not results.exists():
        return {"the validator": [next((l for l in done.stderr.decode("utf-8", "replace").splitlines() if l.startswith("Error")), "no result")]}
    return json.loads(results.read_text("utf-8"))


def office(docx, folder, form):
    profile = (folder / "lo-profile").resolve()
    run("soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form, "--outdir", folder / "office", docx)


def pages_of(pdf):
    if not pdf.exists():
        return 0
    found = re.search(r"^Pages: +([0-9]+)", run("pdfinfo", pdf).stdout.decode("utf-8", "replace"), re.M)
    return int(found.group(1)) if found else 0


def length_fault(docx, folder):
    """How the DOCX is longer or shorter in LibreOffice than our PDF beside it: by more than a tenth, and more than a page."""
    office(docx, folder, "pdf")
    ours, theirs = pages_of(docx.with_suffix(".pdf")), pages_of(folder / "office" / (docx.stem + ".pdf"))
    allowed = ours / 10 if ours >= 5 else 1
    return f"{theirs} pages, our PDF {ours}" if not theirs or abs(ours - theirs) > allowed else None


def office_text(docx, folder):
    office(docx, folder, "txt:Text (encoded):UTF8")
    out = folder / "office" / (docx.stem + ".txt")
    return out.read_text("utf-8", "replace") if out.exists() else None


# --- Markdown --------------------------------------------------------------------------------------------------------------

MARKDOWN_IT = """
const md = require('markdown-it')({html: true}).use(require('markdown-it-footnote'));
process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8')).map(t => md.render(t))));
"""


def front_matter(text):
    m = re.match(r"---\n(.*?\n)---\n", text, re.S)
    return (m.group(1), text[m.end():]) if m else ("", text)


def html_text(page, headings):
    """Text and headings of HTML; ruby readings in brackets, notes moved to where shanben counts them, back references dropped."""
    page = re.sub(r"<!--.*?-->", "", page, flags=re.S)
    page = re.sub(r'<a [^>]*class="footnote-backref"[^>]*>.*?</a>', "", page, flags=re.S)
    page = re.sub(r"<rp>.*?</rp>", "", page, flags=re.S)
    page = re.sub(r"<rt>(.*?)</rt>", r"（\1）", page, flags=re.S)
    page = re.sub(r'<img [^>]*alt="([^"]*)"[^>]*>', r"\1", page)
    strip = lambda s: html.unescape(re.sub(r"<[^>]+>", "", s))
    if headings is not None:
        headings += [(int(l), bare(strip(t))) for l, t in re.findall(r"<h(\d)[^>]*>(.*?)</h\1>", page, re.S)]
    return page, strip


# --- EPUB and HTML ---------------------------------------------------------------------------------------------------------

class Page(html.parser.HTMLParser):
    """The text of HTML as a browser reads it; tables of contents are no part of it, and a picture is its description where none stands below."""

    VOID = {"br", "hr", "img", "link", "meta", "wbr"}

    def __init__(self, page):
        super().__init__()
        self.text, self.notes, self.open, self.figure = [], [], [], False
        self.feed(page)

    def put(self, text):
        if not {"head", "nav"} & set(self.open):
            (self.notes if "note" in self.open else self.text).append(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "img" and "figure" not in self.open:
            self.put(attributes.get("alt") or "")
        if tag not in self.VOID:
            self.open.append("note" if attributes.get("class") == "note" else tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data):
        self.put(data)


def book_text(epub):
    """The text of a book in the order of its spine, the notes behind all."""
    opf = "{http://www.idpf.org/2007/opf}"
    with zipfile.ZipFile(epub) as files:
        assert files.infolist()[0].filename == "mimetype" and files.infolist()[0].compress_type == zipfile.ZIP_STORED
        package = ElementTree.fromstring(files.read("OEBPS/content.opf"))
        names = {item.get("id"): item.get("href") for item in package.iter(opf + "item") if item.get("properties") != "nav"}
        pages = []
        for item in package.iter(opf + "itemref"):
            if item.get("idref") in names:
                page = files.read("OEBPS/" + names[item.get("idref")]).decode("utf-8")
                ElementTree.fromstring(page)  # it is XML
                pages.append(Page(page))
    return "".join("".join(page.text) for page in pages) + "".join("".join(page.notes) for page in pages)


def book_faults(files):
    """What EPUBCheck finds, by file."""
    place = next(TOOLS.glob("python/lib/python3*/site-packages/epubcheck"))
    for i in range(0, len(files), 100):
        done = run("java", "-cp", f"{place}/epubcheck.jar:{place}/lib/*", HERE / "Books.java", *files[i:i + 100])
        for line in done.stdout.decode("utf-8", "replace").splitlines():
            if line.startswith(("PASS ", "FAIL ")):
                name, _, what = line[5:].partition(": ")
                yield name, what


def access_faults(epub, folder):
    """What Ace finds."""
    browser = {"PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium"), "ACE_TIMEOUT_INITIAL": "60000"}
    out = folder / "access" / epub.stem
    done = run(TOOLS / "node_modules/.bin/ace-cli", "--outdir", out, "--force", "--silent", epub, env={**os.environ, **browser})
    if not (out / "report.json").exists():
        return done.stderr.decode("utf-8", "replace")[-300:] or "no report"
    found = [f"{a['earl:testSubject']['url']}: {b['earl:test']['dct:title']}" for a in json.loads((out / "report.json").read_text("utf-8"))["assertions"]
             for b in a["assertions"]]
    return f"{found[0]} ({len(found)} in all)" if found else None


# --- the account of what was done --------------------------------------------------------------------------------------------

def account_faults(lines):
    """What is wrong with lines of JSON, by input; None where nothing is."""
    import jsonschema
    schema = json.loads((HERE.parent / "docs/report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in map(json.loads, lines):
        name = line.get("input", "summary")
        broken = jsonschema.exceptions.best_match(validator.iter_errors(line))
        yield name, f"{broken.json_path}: {broken.message[:200]}" if broken else place_fault(line)


def place_fault(record):
    """The first change that is not where it says; None where all are, or where Python cannot decode the source."""
    if any(found["kind"] == "malformed" for found in record.get("damage", [])) or not Path(record.get("input", "")).is_file():
        return None
    label = record["encoding"]["label"] if record["encoding"] else ""
    try:
        text = Path(record["input"]).read_bytes().decode({"big5": "big5hkscs", "gbk": "gb18030"}.get(label, label))
    except (LookupError, UnicodeError):
        return None
    starts = [0] + [m.end() for m in re.finditer("\r\n|\r|\n", text)]
    for kind in ("changes", "layout_changes"):
        end = -1
        for change in record.get(kind, []):
            at = starts[change["place"]["line"] - 1] + change["place"]["column"] - 1
            before = change["before"]
            # Python's tables differ from those of the WHATWG in a few signs.
            if text[at:at + len(before)] != before and before.isascii():
                return f"{kind}: {before!r} is not at {change['place']}, there is {text[at:at + len(before)]!r}"
            if at <= end:
                return f"{kind}: touches the one before it, at {change['place']}"
            end = at + len(before)
    return None


# --- the run ---------------------------------------------------------------------------------------------------------------

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=Path)
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--style", action="append")
    parser.add_argument("--only", default="pdf,poppler,pdfminer,order,mupdf,scripts,faces,search,drawn,edges,lengths,docx,changes,schema,fonts,office,pages,book,access,page,bag,markdown,verapdf,account")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--rules")
    parser.add_argument("--long", action="store_true")
    args = parser.parse_intermixed_args()
    only = set(args.only.split(","))
    folder = args.keep or Path(tempfile.mkdtemp(prefix="shanben-outside-"))
    folder.mkdir(parents=True, exist_ok=True)
    inputs = args.inputs
    if not inputs:
        run(sys.executable, HERE / "cases.py", folder / "cases", *["--long"] * args.long, check=True)
        inputs = [HERE.parent / "input", folder / "cases"]
    failed, passed = 0, collections.Counter()

    def fault(check, name, what):
        nonlocal failed
        failed += 1
        print(f"FAIL {check:9} {name}: {what}", flush=True)

    if "lengths" in only and not args.inputs:
        for name, what in office_lengths(args.binary, folder / "lengths-of-office"):
            fault("lengths", name, what) if what else passed.update(["lengths"])

    if "faces" in only and not args.inputs:
        for name, what in face_faults(args.binary, folder / "faces"):
            fault("faces", name, what) if what else passed.update(["faces"])

    for style in args.style or ["book", "news", "official", "plain", "book+colophon+collation", "news+colophon+collation+booklet"]:
        out = folder / style
        first = style == (args.style or ["book"])[0]
        name, *options = style.split("+")
        command = [args.binary, "convert", *inputs, "-o", out, "-s", name, *(f"--{option}" for option in options), "-t", "pdf,docx,epub,html,md,txt" if first else "pdf,txt", "--force", "-q"]
        if args.rules:
            command += ["-r", args.rules]
        done = run(*command)
        if done.returncode not in (0, 1) or (done.returncode and not args.inputs):
            fault("convert", style, done.stderr.decode()[-400:])
        elif done.stderr:
            print(done.stderr.decode()[-2000:])
        pdfs = sorted(out.rglob("*.pdf"))
        if not pdfs:
            fault("convert", style, "no PDF was written")

        parted = []

        def one(pdf):
            name = f"{style}/{pdf.relative_to(out)}"
            results = []
            want = bare(pdf.with_suffix(".txt").read_text("utf-8"))
            if "pdf" in only:
                check = run("qpdf", "--check", pdf)
                results.append(("pdf", None if check.returncode == 0 else check.stderr.decode()[:300]))
            if "poppler" in only:
                got = bare(poppler_text(pdf))
                results.append(("poppler", None if got == want else first_difference(got, want)))
            if "pdfminer" in only and not options and pdf.stat().st_size < 3_000_000:
                got = bare(pdfminer_text(pdf))
                if has_notes(pdf):
                    got, want = "".join(sorted(got)), "".join(sorted(want))  # notes stand at the foot of their page
                results.append(("pdfminer", None if got == want else first_difference(got, want)))
            # pdfium puts what runs from right to left in an order of its own.
            if "order" in only and "booklet" not in options and pdf.stem != "leftward":
                got = bare(pdfium_text(pdf))
                got = "".join(b if a == STATED else a for a, b in zip(got, want)) + got[len(want):]
                if got != want and sorted(got) == sorted(want) and has_notes(pdf):
                    got = want  # notes stand at the foot of their page
                results.append(("order", None if got == want else first_difference(got, want)))
            if "mupdf" in only:
                got = collections.Counter(bare(run("mutool", "draw", "-q", "-F", "text", pdf).stdout.decode("utf-8", "replace")))
                lost = collections.Counter(want) - got
                results.append(("mupdf", f"lost {dict(list(lost.items())[:9])}" if lost else None))
            if "scripts" in only and not options and pdf.stem in ("scripts", "leftward"):
                faults = script_faults(pdf)
                results.append(("scripts", "; ".join(faults[:4]) + f" ({len(faults)} in all)" if faults else None))
            if "search" in only and not options and pdf.stat().st_size < 3_000_000:
                count, lost = parted_words(pdf, want)
                parted.append(count)
                results.append(("search", f"{lost[:4]} ({len(lost)} of {count})" if lost else None))
            if "drawn" in only:
                drawing = run("mutool", "draw", "-r", "20", "-F", "pnm", "-o", os.devnull, pdf).stderr.decode("utf-8", "replace")
                blank = [line for line in drawing.splitlines() if "cannot render glyph" in line or "invalid outline" in line]
                results.append(("drawn", f"{blank[0]} ({len(blank)} in all)" if blank else None))
            if "edges" in only and not options:
                faults = edges(pdf)
                results.append(("edges", "; ".join(faults[:4]) + f" ({len(faults)} in all)" if faults else None))
            return name, results

        with ThreadPoolExecutor(2) as pool:
            for name, results in pool.map(one, pdfs):
                for check, what in results:
                    fault(check, name, what) if what else passed.update([check])

        if parted and not any(parted) and not args.inputs:
            fault("search", style, "no line end parts a word, so nothing was looked for")
        if "verapdf" in only and pdfs:
            tool = TOOLS / "verapdf/verapdf"
            for chunk in (pdfs[i:i + 60] for i in range(0, len(pdfs), 60)):
                check = run(tool, "-t", "3a,ua1", *chunk)
                for line in check.stdout.decode().splitlines():
                    if "FAIL" in line or "ERROR" in line:
                        fault("verapdf", style, line[:300])
                    elif "PASS" in line:
                        passed["verapdf"] += 1
                if check.returncode > 1:
                    fault("verapdf", style, check.stderr.decode()[:300])

        if "pages" in only and not options:
            # With our own fonts, so that the lines have the same text.
            lengths = folder / "lengths" / style
            run(args.binary, "convert", *args.inputs or [HERE.parent / "input"], "-o", lengths, "-s", style, "-t", "pdf,docx", "--embed-fonts", "--force", "-q")
            for docx in sorted(lengths.rglob("*.docx")):
                if docx.stat().st_size < 3_000_000:
                    what = length_fault(docx, folder)
                    fault("pages", f"{style}/{docx.relative_to(lengths)}", what) if what else passed.update(["pages"])

        if not first:
            continue
        if "docx" in only or "office" in only:
            for docx in sorted(out.rglob("*.docx")):
                name = f"{style}/{docx.relative_to(out)}"
                want = bare(docx.with_suffix(".txt").read_text("utf-8"))
                if "docx" in only:
                    read = Docx(docx)
                    got = drawn(bare("".join(read.text)), want)
                    fault("docx", name, first_difference(got, want)) if got != want else passed.update(["docx"])
                if "office" in only and docx.stat().st_size < 1_000_000:
                    text = office_text(docx, folder)
                    # LibreOffice leaves notes, the readings of ruby and pictures out of plain text, and draws bullets of its own
                    read = Docx(docx)
                    got, need = (collections.Counter(re.sub("[-•*+]", "", bare(t))) for t in ((text or "") + read.notes + read.readings, want))
                    lost = need - got
                    if text is None or lost:
                        fault("office", name, f"lost {dict(list(lost.items())[:9])}")
                    else:
                        passed["office"] += 1
        if "book" in only:
            books, fonts = sorted(out.rglob("*.epub")), folder / "books"
            run(args.binary, "convert", HERE.parent / "input", "-o", fonts, "-s", style, "-t", "epub", "--embed-fonts", "--force", "-q")
            for name, what in book_faults(books + sorted(fonts.rglob("*.epub"))):
                fault("book", name, what) if what else passed.update(["book"])
            for epub in books:
                got, want = bare(book_text(epub)), bare(epub.with_suffix(".txt").read_text("utf-8"))
                got = drawn(got, want)
                fault("book", epub.name, first_difference(got, want)) if got != want else passed.update(["book"])
        if "access" in only:
            for epub in sorted(out.rglob("*.epub"))[:None if args.inputs else 8]:
                what = access_faults(epub, folder)
                fault("access", epub.name, what) if what else passed.update(["access"])
        if "page" in only:
            for page in sorted(out.rglob("*.html")):
                read = Page(page.read_text("utf-8"))
                got, want = bare("".join(read.text + read.notes)), bare(page.with_suffix(".txt").read_text("utf-8"))
                got = drawn(got, want)
                fault("page", page.name, first_difference(got, want)) if got != want else passed.update(["page"])
        if "bag" in only:
            import bagit
            done = run(args.binary, "pack", out, "-o", folder / "bag")
            try:
                if done.returncode:
                    raise ValueError(done.stderr.decode("utf-8", "replace")[-300:])
                bagit.Bag(str(folder / "bag")).validate()
                passed["bag"] += 1
                file = next((folder / "bag/data/sources").rglob("*.*"))
                file.write_bytes(file.read_bytes()[:-1] + b"?")
                fault("bag", file.name, "a change is not found") if bagit.Bag(str(folder / "bag")).is_valid() else passed.update(["bag"])
            except (bagit.BagError, ValueError) as error:
                fault("bag", style, str(error)[:300])
        if "changes" in only:
            tracked = folder / "tracked"
            run(args.binary, "convert", *inputs, "-o", tracked, "-s", style, "-t", "docx", "--track-changes", "--force", "-q", "--report", folder / "tracked.jsonl")
            for record in map(json.loads, (folder / "tracked.jsonl").read_text("utf-8").splitlines()):
                outputs = record.get("outputs") or []
                if record.get("status") != "done" or not outputs:
                    continue
                docx = Path(outputs[0]["path"])
                name = docx.relative_to(folder)
                got, want = bare("".join(Docx(docx).text)), bare((out / docx.relative_to(tracked)).with_suffix(".txt").read_text("utf-8"))
                got = drawn(got, want)
                fault("changes", f"{name} accepted", first_difference(got, want)) if got != want else passed.update(["changes"])
                if record["input"].endswith(".md") or any(found["kind"] == "malformed" for found in record["damage"]):
                    continue  # syntax is no text of the DOCX, and every decoder reads damage in its own way
                try:
                    what = rejected_fault(docx, Path(record["input"]).read_bytes(), record["encoding"]["label"])
                except (LookupError, UnicodeError):
                    continue  # damaged, or an encoding that Python does not know
                fault("changes", f"{name} rejected", what) if what else passed.update(["changes"])
        if "account" in only:
            lines = run(args.binary, "inspect", *inputs, "--json", "--layout").stdout.decode("utf-8").splitlines()
            run(args.binary, "convert", *inputs, "-o", folder / "account", "-t", "txt", "--force", "-q", "--report", folder / "account.jsonl")
            lines += (folder / "account.jsonl").read_text("utf-8").splitlines()
            for name, what in account_faults(lines):
                fault("account", name, what) if what else passed.update(["account"])
        if "fonts" in only:
            carried = folder / "carried"
            run(args.binary, "convert", HERE.parent / "input", "-o", carried, "-s", style, "-t", "docx", "--embed-fonts", "--force", "-q")
            for docx in sorted(carried.glob("*.docx")):
                office(docx, folder, "pdf")
                fonts = run("pdffonts", folder / "office" / (docx.stem + ".pdf")).stdout.decode()
                fault("fonts", docx.name, fonts[-400:]) if "+Shanben" not in fonts else passed.update(["fonts"])
        if "schema" in only:
            # The validator takes a minute for a novel, in which there is nothing new.
            files = [f for place in (out, folder / "tracked", folder / "carried") for f in sorted(place.rglob("*.docx")) if f.stat().st_size < 800_000]
            for name, faults in schema_faults(files, folder).items():
                fault("schema", name, f"{str(faults[0])[:400]} ({len(faults)} in all)") if faults else passed.update(["schema"])
        if "markdown" in only:
            import mistune, yaml
            files = sorted(out.rglob("*.md"))
            texts = []
            for md in files:
                head, body = front_matter(md.read_text("utf-8"))
                texts.append(body)
                try:
                    data = yaml.safe_load(head) if head else {}
                    assert isinstance(data, dict)
                except Exception as e:
                    fault("markdown", md.name, f"front matter: {e}")
            (folder / "md.js").write_text(MARKDOWN_IT)
            node = run("node", folder / "md.js", input=json.dumps(texts).encode(), env={**os.environ, "NODE_PATH": str(TOOLS / "node_modules")})
            pages = json.loads(node.stdout)
            other = mistune.create_markdown(escape=False, plugins=["table", "footnotes"])
            for md, page, body in zip(files, pages, texts):
                want = bare(md.with_suffix(".txt").read_text("utf-8"))
                for label in re.findall(r"^\[\^(.+?)\]:", body, re.M):
                    want = want.replace(f"[{label}]", "")  # readers number notes themselves
                for reader, rendered in (("markdown-it", page), ("mistune", other(body) if len(body) < 400_000 else None)):
                    if rendered is None:
                        continue
                    headings = []
                    rendered, strip = html_text(rendered, headings)
                    got = bare(strip(rendered))
                    # list markers are drawn by a browser, and notes are numbered by it: compare what is left without digits and marks
                    loose = lambda s: re.sub(r"[\d.)\[\]•·*+\-↩︎]", "", s)
                    if loose(got) != loose(want):
                        fault("markdown", f"{md.name} ({reader})", first_difference(loose(got), loose(want)))
                    else:
                        passed["markdown"] += 1
                    if reader == "markdown-it" and "docx" in only:
                        theirs = Docx(md.with_suffix(".docx")).headings
                        if [h for h in headings] != theirs:
                            fault("markdown", md.name, f"headings differ from the DOCX: {headings[:3]} … {theirs[:3]}")
    print("  ".join(f"{k} {v}" for k, v in sorted(passed.items())))
    print(f"{sum(passed.values())} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
