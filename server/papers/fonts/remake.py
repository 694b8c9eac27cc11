#!/usr/bin/python3
"""Makes the three font files of this folder from Debian's packages.

Needs: fonts-morisawa-bizud-gothic (1.05) fonts-noto-cjk (1:20220127) python3-fonttools brotli

Nothing of an outline changes. What only screens, vertical text and shaping engines use is left out, which halves the files.
"""

import subprocess

from fontTools import subset, ttLib

BIZ = "/usr/share/fonts/truetype/bizud-gothic/BIZUDPGothic-{}.ttf"
NOTO = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def cut(font, letters):
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=["*"], name_languages=["*"], notdef_outline=True
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG", "gasp", "GSUB", "GPOS", "BASE", "GDEF", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(letters))
    subsetter.subset(font)


def save(font, name):
    font.save(name)
    subprocess.run(["brotli", "-q", "11", "-w", "24", "-f", "--rm", name], check=True)


have = set()
for weight in ["Regular", "Bold"]:
    font = ttLib.TTFont(BIZ.format(weight))
    have = set(font.getBestCmap())
    cut(font, have)
    save(font, f"BIZUDPGothic-{weight}.ttf")

# What names need beyond that: the supplementary kanji of JIS X 0212, all that stand outside the first plane (𠮷), the
# compatibility forms, and the accented Latin letters and signs.
font = ttLib.TTFont(NOTO, fontNumber=0)
noto = set(font.getBestCmap())


def in_jis_x_0212(code):
    try:
        return len(chr(code).encode("euc_jp")) == 3
    except UnicodeEncodeError:
        return False


rare = {code for code in range(0x4E00, 0xA000) if in_jis_x_0212(code)}
for first, last in [(0x20000, 0x3FFFF), (0xF900, 0xFAFF), (0xA0, 0x24F), (0x1E00, 0x1EFF), (0x2000, 0x2BFF)]:
    rare |= {code for code in noto if first <= code <= last}
cut(font, (rare & noto) - have)
name, post = "Kokoroe Rare Kanji", "KokoroeRareKanji-Regular"
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 6, 16):
        record.string = post if record.nameID == 6 else name
font["CFF "].cff.fontNames = [post]
font["CFF "].cff.topDictIndex[0].FullName = name
font["CFF "].cff.topDictIndex[0].FamilyName = name
save(font, "KokoroeRareKanji-Regular.otf")
