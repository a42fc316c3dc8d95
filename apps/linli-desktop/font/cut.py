#!/usr/bin/env python3
"""Cuts the two fonts that linli-desktop carries out of Noto Sans SC 2.004 (OFL 1.1).

Why: egui has no Chinese glyphs and no synthetic bold, and people's names go far beyond GB 2312. Regular keeps
every character of the source (all of GBK, Extension A and the Table of General Standard Chinese Characters);
Medium, for headlines and buttons, keeps GB 2312 and falls back to Regular. Tables that egui does not read
(vertical metrics, layout features, hints) go; outlines become subroutinised CFF, which is 30 % smaller than
the quadratic source at an error of at most one thousandth of the type size.

Run:  npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
      python3 -m venv v && v/bin/pip install fonttools==4.68.0 cffsubr==0.4.0
      v/bin/python cut.py package
It writes LinliSansSC-Regular.otf, LinliSansSC-Medium.otf and OFL.txt beside itself, in about two minutes. The
licence reserves the name "Source" for the original; the cuts have a name of their own.
"""

import pathlib
import shutil
import sys

import cffsubr
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
# (weight, file in the package, OS/2 weight class, what to keep)
CUTS = [
    ("Regular", "400Regular/NotoSansSC_400Regular.ttf", 400, None),
    ("Medium", "500Medium/NotoSansSC_500Medium.ttf", 500, "gb2312"),
]
# Outlines may move by this many units of 1000 when quadratic curves become cubic ones.
MAX_ERROR_UNITS = 1.0
UNUSED = ["BASE", "STAT", "GDEF", "gasp", "vhea", "vmtx"]


def gb2312():
    """Every character of GB 2312, the Latin blocks and general punctuation."""
    kept = set(range(0x20, 0x250)) | set(range(0x2000, 0x2070))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                kept.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return kept


def cut(source, keep):
    """The source font with only the characters of `keep` (all if None) and the tables egui reads."""
    font = TTFont(source)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"])
    options.drop_tables += UNUSED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap().keys() if keep is None else keep)
    cutter.subset(font)
    return font


def as_cff(font, name):
    """The same outlines as CFF charstrings."""
    glyphs, metrics, charstrings = font.getGlyphSet(), font["hmtx"].metrics, {}
    for glyph in font.getGlyphOrder():
        pen = T2CharStringPen(metrics[glyph][0], glyphs)
        glyphs[glyph].draw(Qu2CuPen(pen, MAX_ERROR_UNITS, all_cubic=True))
        charstrings[glyph] = pen.getCharString()
    for table in ("glyf", "loca", "prep"):
        if table in font:
            del font[table]
    font.sfntVersion = "OTTO"
    font["maxp"].tableVersion = 0x00005000
    FontBuilder(font=font).setupCFF(name, {"FullName": name, "FamilyName": "Linli Sans SC"}, charstrings, {})
    cffsubr.subroutinize(font)


def rename(font, weight, weight_class):
    """Names the cut; copyright and licence stay as they are."""
    for record in list(font["name"].names):
        new = {
            1: "Linli Sans SC" if weight == "Regular" else f"Linli Sans SC {weight}",
            3: f"2.004;linli;LinliSansSC-{weight}",
            4: f"Linli Sans SC {weight}",
            6: f"LinliSansSC-{weight}",
            16: "Linli Sans SC",
            17: weight,
        }.get(record.nameID)
        if new:
            record.string = new
    font["OS/2"].usWeightClass = weight_class
    # A fixed date, so that the same input gives the same bytes.
    font.recalcTimestamp = False


def main():
    package = pathlib.Path(sys.argv[1])
    for weight, source, weight_class, keep in CUTS:
        font = cut(package / source, gb2312() if keep else None)
        as_cff(font, f"LinliSansSC-{weight}")
        rename(font, weight, weight_class)
        out = HERE / f"LinliSansSC-{weight}.otf"
        font.save(out)
        print(f"{out.name}: {len(font.getBestCmap())} characters, {out.stat().st_size} bytes")
    shutil.copyfile(package / "LICENSE_FONT", HERE / "OFL.txt")


if __name__ == "__main__":
    main()
