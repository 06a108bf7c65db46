#!/usr/bin/env python3
"""Makes the fonts beside this file, with fontTools: every glyph is a box, so that they are small and nobody's.

`boxes.otf` has outlines of PostScript, one of them for two characters. `boxes.ttc` holds two fonts of TrueType, the second with a name in
Chinese. `printed.ttf` may be embedded for looking and printing only, `whole.ttf` as a whole only. `variable.ttf` and `variable.otf` (CFF2)
are light by default; all their boxes grow with the weight."""
import io
import pathlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

HERE = pathlib.Path(__file__).parent
# The radical ⼀ has the glyph of 一.
CHARACTERS = {0x20: "space", 0x3000: "wide", 0x41: "A", 0x4E00: "one", 0x2F00: "one", 0x6C38: "yong", 0x3002: "stop"}
ORDER = [".notdef", "space", "wide", "A", "one", "yong", "stop"]
WIDTH = {"space": 250, "A": 600}


def box(pen, name):
    if name in ("space", "wide"):
        return
    right, top = {"A": (500, 700), "one": (900, 450), "stop": (300, 250)}.get(name, (900, 800))
    bottom = 350 if name == "one" else 0
    pen.moveTo((100, bottom))
    pen.lineTo((right, bottom))
    pen.lineTo((right, top))
    pen.lineTo((100, top))
    pen.closePath()


def font(family, chinese=None, compact=False, rights=0, variable=False):
    build = FontBuilder(1000, isTTF=not compact)
    build.setupGlyphOrder(ORDER)
    build.setupCharacterMap(CHARACTERS)
    postscript = family.replace(" ", "")
    if compact and variable:
        outlines = {}
        for name in ORDER:
            pen = T2CharStringPen(None, None, CFF2=True)
            box(pen, name)
            outlines[name] = pen.getCharString()
        build.setupCFF2(outlines)
    elif compact:
        outlines = {}
        for name in ORDER:
            pen = T2CharStringPen(WIDTH.get(name, 1000), None)
            box(pen, name)
            outlines[name] = pen.getCharString()
        build.setupCFF(postscript, {"FullName": family}, outlines, {})
    else:
        outlines = {}
        for name in ORDER:
            pen = TTGlyphPen(None)
            box(pen, name)
            outlines[name] = pen.glyph()
        build.setupGlyf(outlines)
    build.setupHorizontalMetrics({name: (WIDTH.get(name, 1000), 0 if name in ("space", "wide") else 100) for name in ORDER})
    build.setupHorizontalHeader(ascent=880, descent=-120)
    names = {"familyName": {"en": family, **({"zh": chinese} if chinese else {})}, "styleName": "Light" if variable else "Regular", "psName": postscript}
    build.setupNameTable(names, mac=False)
    build.setupOS2(fsType=rights, sTypoAscender=880, sTypoDescender=-120)
    build.setupPost()
    if variable:
        build.setupFvar([("wght", 300, 300, 900, "Weight")], [])
    if variable and not compact:
        # The right edge moves: of the four corners, and of the four phantom points that which tells the advance.
        wider = [(0, 0), (80, 0), (80, 0), (0, 0), (0, 0), (60, 0), (0, 0), (0, 0)]
        drawn = [name for name in ORDER if name not in ("space", "wide")]
        build.setupGvar({name: [TupleVariation({"wght": (0, 1, 1)}, wider)] for name in drawn})
    build.font["head"].created = build.font["head"].modified = 0
    build.font.recalcTimestamp = False
    out = io.BytesIO()
    build.font.save(out)
    return out.getvalue()


(HERE / "boxes.otf").write_bytes(font("Box Song", "盒宋", compact=True))
(HERE / "printed.ttf").write_bytes(font("Box Printed", rights=4))
(HERE / "variable.ttf").write_bytes(font("Box Variable", variable=True))
(HERE / "variable.otf").write_bytes(font("Box Compact Variable", compact=True, variable=True))
(HERE / "whole.ttf").write_bytes(font("Box Whole", rights=0x100))
collection = TTCollection()
collection.fonts = [TTFont(io.BytesIO(font(*names)), recalcTimestamp=False) for names in (("Box Kai", None), ("Box Fangsong", "盒仿宋"))]
collection.save(HERE / "boxes.ttc")
