#!/usr/bin/env python3
"""Cuts the fonts that linli-desktop carries out of the Noto fonts (all under the SIL Open Font License 1.1).

Why: egui has no Chinese glyphs and no synthetic bold, and people's names go far beyond GB 2312.

  LinliSansSC-Regular  every character of Noto Sans SC 2.004: all of GBK (but one sign), Extension A, and the
                       Table of General Standard Chinese Characters
  LinliSansSC-Medium   GB 2312, for headlines and buttons; beyond it the window falls back to Regular
  LinliSans-Rest       Latin, Greek and Cyrillic beyond those, from Noto Sans
  LinliMono            ASCII for lines to type, from Noto Sans Mono
  LinliEmoji           Noto Emoji in one colour

Tables that egui does not read (vertical metrics, layout features, hints) go. The outlines of the two Chinese faces
become subroutinised CFF, which is 30 % smaller than the quadratic source, at an error of at most one thousandth of
the type size.

Run, in an empty folder (two minutes):
  for p in noto-sans-sc@0.4.3 noto-sans@0.4.2 noto-sans-mono@0.4.2 noto-emoji@0.4.7
  do npm pack @expo-google-fonts/$p && mkdir ${p%@*} && tar xzf expo-google-fonts-${p%@*}-${p#*@}.tgz -C ${p%@*}; done
  python3 -m venv v && v/bin/pip install fonttools==4.68.0 cffsubr==0.4.0
  v/bin/python PATH/OF/cut.py .
It writes the fonts and their licences beside itself. The licence of Noto Sans SC reserves the name "Source" for the
original; the cuts have names of their own.
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
# Outlines may move by this many units of 1000 when quadratic curves become cubic ones.
MAX_ERROR_UNITS = 1.0
UNUSED = ["BASE", "STAT", "GDEF", "GPOS", "GSUB", "gasp", "vhea", "vmtx", "DSIG", "MATH"]


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


def rest_of_europe():
    """Latin with all its marks, Greek, Cyrillic."""
    blocks = [(0x20, 0x24F), (0x250, 0x2AF), (0x300, 0x36F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0x20A0, 0x20CF)]
    return {code for first, last in blocks for code in range(first, last + 1)}


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
    FontBuilder(font=font).setupCFF(name, {"FullName": name}, charstrings, {})
    cffsubr.subroutinize(font)


def rename(font, family, weight):
    """Names the cut; copyright and licence stay as they are."""
    compact = family.replace(" ", "")
    for record in list(font["name"].names):
        new = {
            1: family if weight == "Regular" else f"{family} {weight}",
            3: f"linli;{compact}-{weight}",
            4: f"{family} {weight}",
            6: f"{compact}-{weight}",
            16: family,
            17: weight,
        }.get(record.nameID)
        if new:
            record.string = new
    # A fixed date, so that the same input gives the same bytes.
    font.recalcTimestamp = False


# (file, family, weight, source, what to keep)
CUTS = [
    ("LinliSansSC-Regular.otf", "Linli Sans SC", "Regular", "noto-sans-sc/package/400Regular/NotoSansSC_400Regular.ttf", None),
    ("LinliSansSC-Medium.otf", "Linli Sans SC", "Medium", "noto-sans-sc/package/500Medium/NotoSansSC_500Medium.ttf", gb2312()),
    ("LinliSans-Rest.ttf", "Linli Sans Rest", "Regular", "noto-sans/package/400Regular/NotoSans_400Regular.ttf", rest_of_europe()),
    ("LinliMono.ttf", "Linli Mono", "Regular", "noto-sans-mono/package/400Regular/NotoSansMono_400Regular.ttf", set(range(0x20, 0x7F))),
    ("LinliEmoji.ttf", "Linli Emoji", "Regular", "noto-emoji/package/400Regular/NotoEmoji_400Regular.ttf", None),
]
LICENCES = ["noto-sans-sc", "noto-sans", "noto-sans-mono", "noto-emoji"]


def main():
    sources = pathlib.Path(sys.argv[1])
    for file, family, weight, source, keep in CUTS:
        font = cut(sources / source, keep)
        if file.endswith(".otf"):
            as_cff(font, file.removesuffix(".otf"))
        rename(font, family, weight)
        font.save(HERE / file)
        print(f"{file}: {len(font.getBestCmap())} characters, {(HERE / file).stat().st_size} bytes")
    for name in LICENCES:
        shutil.copyfile(sources / name / "package/LICENSE_FONT", HERE / f"OFL-{name}.txt")


if __name__ == "__main__":
    main()
