"""Cuts the fonts of the share images and the web fonts of the theme out of the families' own files: see README.md.

    python3 make.py SOURCES STATIC

SOURCES holds the three variable fonts as their makers publish them. STATIC is the theme's folder: of its
fonts/{text,italic,display,sans}.woff2 the kerning is lightened, fonts/*-ext.woff2 and fonts.css are written.
"""
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SOURCES, STATIC, HERE = Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).parent
ROMAN, ITALIC, SANS = "Newsreader[opsz,wght].ttf", "Newsreader-Italic[opsz,wght].ttf", "LibreFranklin[wght].ttf"


def runes(*ranges):
    return {u for first, last in ranges for u in range(first, last + 1)}


LATIN_EXTENDED = runes((0x100, 0x24F), (0x2BB, 0x2BC), (0x1E00, 0x1EFF), (0x20A0, 0x20CF))
# No combining marks: the images are drawn without shaping, and a mark would stand where it falls.
# Nor what no language writes today, such as the digraphs and the double grave accents of linguists.
DRAWN = (LATIN_EXTENDED - runes((0x1C4, 0x1CC), (0x1FA, 0x217), (0x22A, 0x231))) | runes((0x20, 0xFF), (0x2C6, 0x2DD), (0x2010, 0x205E), (0x2070, 0x209F), (0x2100, 0x214F), (0x2190, 0x2193), (0x2200, 0x22FF), (0xFB01, 0xFB02))


def cut(source, limits, wanted, features):
    """The source at fixed or narrower axes, with the wanted characters only. Fonts keep the dates of their sources."""
    font = TTFont(SOURCES / source, recalcTimestamp=False)
    options = Options(layout_features=features, hinting=False, notdef_outline=True, glyph_names=False, name_IDs=[0, 1, 2, 5, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return instancer.instantiateVariableFont(font, limits)


def proportional(font):
    """Makes figures as wide as they are: the default ones are for tables."""
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag != "pnum":
            continue
        for lookup in (font["GSUB"].table.LookupList.Lookup[i] for i in record.Feature.LookupListIndex):
            for table in lookup.SubTable:
                names = getattr(table, "ExtSubTable", table).mapping
                for cmap in font["cmap"].tables:
                    cmap.cmap = {u: names.get(name, name) for u, name in cmap.cmap.items()}


def value(record):
    return getattr(record.Value1, "XAdvance", 0) if record.Value1 else 0


def lighten(font):
    """Drops the kerning pairs that differ by less than 1/160 em from what the classes of their glyphs say."""
    least = font["head"].unitsPerEm // 160
    for lookup in font["GPOS"].table.LookupList.Lookup:
        pairs, classes = lookup.SubTable
        covered = set(classes.Coverage.glyphs)
        for first, pair_set in zip(pairs.Coverage.glyphs, pairs.PairSet):
            row = classes.Class1Record[classes.ClassDef1.classDefs.get(first, 0)].Class2Record
            said = lambda second: value(row[classes.ClassDef2.classDefs.get(second, 0)]) if first in covered else 0
            pair_set.PairValueRecord = [r for r in pair_set.PairValueRecord if abs(value(r) - said(r.SecondGlyph)) >= least]
            pair_set.PairValueCount = len(pair_set.PairValueRecord)


def drawn(source, limits, name):
    font = cut(source, limits, DRAWN, ["kern", "pnum"])
    if source == ROMAN:
        proportional(font)
    lighten(font)
    for tag in {"GSUB", "GDEF", "STAT", "gasp"} & set(font.keys()):
        del font[tag]
    font.save(HERE / name)


def ranges(codes):
    """The codes as the value of unicode-range."""
    spans = []
    for u in sorted(codes):
        if spans and spans[-1][1] == u - 1:
            spans[-1][1] = u
        else:
            spans.append([u, u])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


FACES = [  # family, style, weights, file, source, axes
    ("NR", "normal", "400 600", "text", ROMAN, {"opsz": 14, "wght": (400, 600)}),
    ("NR", "italic", "400 600", "italic", ITALIC, {"opsz": 14, "wght": 410}),
    ("ND", "normal", "400 600", "display", ROMAN, {"opsz": 48, "wght": 500}),
    ("LF", "normal", "400 650", "sans", SANS, {"wght": (400, 650)}),
]

HEAD = """/* Made by site/picture/fonts/make.py, beside which a README says how to add a script. Licences lie beside the fonts. */
"""
TWIN_HEAD = """/* Metric twins: local faces sized to the web fonts, so that the swap moves little. */
"""
# Of each twin: how wide text of the demo is in the web font, in % of how wide it is in the local one. They stand in the
# order of how little that differs from line to line (standard deviation over 40 signs: Georgia 0.7, DejaVu Serif 0.9,
# Times 1.1, Noto Serif 1.2; Roboto 1.0, Noto Sans 1.2, DejaVu Sans 1.4, Arial 1.6), and style.css names them in it.
TWINS = [  # family, of, %, local names
    ("NRf", "NR", 100.1, ("Georgia",)),
    ("NRg", "NR", 86.8, ("DejaVu Serif",)),
    ("NRh", "NR", 110.6, ("Times New Roman", "Liberation Serif")),
    ("NRi", "NR", 93.8, ("Noto Serif",)),
    ("NDf", "ND", 99, ("Georgia",)),
    ("NDg", "ND", 85.8, ("DejaVu Serif",)),
    ("NDh", "ND", 108.8, ("Times New Roman", "Liberation Serif")),
    ("NDi", "ND", 92.5, ("Noto Serif",)),
    ("LFf", "LF", 104.5, ("Roboto", "Roboto-Regular")),
    ("LFg", "LF", 99, ("Noto Sans",)),
    ("LFh", "LF", 92.5, ("DejaVu Sans",)),
    ("LFi", "LF", 104, ("Arial", "ArialMT", "Liberation Sans")),
]
HEIGHTS = {"NR": (73.5, 26.5), "ND": (73.5, 26.5), "LF": (96.6, 24.6)}  # ascent and descent, % of an em


def twin(family, of, adjust, names):
    ascent, descent = (f"{100 * h / adjust:.1f}".removesuffix(".0") for h in HEIGHTS[of])
    src = ",".join(f'local("{n}")' for n in names)
    return (f"@font-face{{font-family:{family};src:{src};ascent-override:{ascent}%;"
            f"descent-override:{descent}%;size-adjust:{adjust}%}}")


def web():
    rules = []
    for family, style, weights, name, source, axes in FACES:
        base = TTFont(STATIC / "fonts" / f"{name}.woff2", recalcTimestamp=False)
        latin = set(base.getBestCmap())
        font = cut(source, axes, LATIN_EXTENDED - latin, ["kern", "liga", "locl", "ccmp"])
        for part, file in ((base, name), (font, f"{name}-ext")):
            lighten(part)
            part.flavor = "woff2"
            part.save(STATIC / "fonts" / f"{file}.woff2")
        slant = "font-style:italic;" if style == "italic" else ""
        for file, codes in ((name, latin), (f"{name}-ext", set(font.getBestCmap()))):
            rules.append(f'@font-face{{font-family:{family};{slant}font-weight:{weights};font-display:swap;'
                         f'src:url("fonts/{file}.woff2") format("woff2");unicode-range:{ranges(codes)}}}')
    (STATIC / "fonts.css").write_text(HEAD + "\n".join(rules) + "\n" + TWIN_HEAD + "\n".join(twin(*t) for t in TWINS) + "\n")


drawn(ROMAN, {"opsz": 48, "wght": 500}, "newsreader-display.ttf")
drawn(SANS, {"wght": 500}, "libre-franklin.ttf")
web()
