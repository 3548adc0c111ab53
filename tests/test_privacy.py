import gzip
import json
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtlink.privacy import (
    MASK,
    PatientDataFound,
    find_cpr_numbers,
    lines_with_finds,
    mask,
    mask_finds,
)

DATA = Path(__file__).parents[1] / ".." / "shared" / "data"

DISGUISES = """
010190-1234
0101901234
010190 1234
010190.1234
010190/1234
010190_1234
010190 - 1234
010190 -1234
010190--1234
010190 / 1234
010190–1234
010190 — 1234
010190−1234
010190‑1234
010190\u00a01234
010190\u202f1234
010190\t1234
010190\u200b-1234
0101\u00ad901234
010190\ufeff1234
０１０１９０-１２３４
٠١٠١٩٠-١٢٣٤
0️⃣1️⃣0️⃣1️⃣9️⃣0️⃣-1️⃣2️⃣3️⃣4️⃣
①①①①⑨⓪-①②③④
(010190-1234)
[0101901234]
(010190)1234
010190 (1234)
{0101901234}
"0101901234"
cpr:0101901234
cpr0101901234
CPR010190-1234
CPR-nr.:010190-1234
cprnr.0101901234
cpr=0101901234
cpr_0101901234
cpr#0101901234
CPR nummer er 0101901234
CPR-nummeret er: 010190 1234
personnummer 0101901234
patient-id 0101901234
pt. nr. 0101901234
<b>CPR:</b> 0101901234
cpr 01 01 90 12 34
cpr 010 190 123 4
CPR⏎010190⏎1234
cpr: 01011990-1234
cpr 010119901234
010190-**1234**
*010190*-1234
**010190-1234**
_0101901234_
01**01**90-1234
~~010190~~-1234
`010190`-1234
010190\\-1234
[010190](/s/1)-1234
010190<b>-1234</b>
<span class="x1">010190</span>-1234
<td>5</td><td>0101901234</td>
0101<b>90</b>1234
**1**0101901234
010190<!-- x -->-1234
010190&#45;1234
010190&#x2d;1234
010190&ndash;1234
010190&nbsp;1234
010190&#8209;1234
&#48;10190-1234
010190-⏎1234
010190⏎-1234
010190<br>-1234
> 010190-⏎> 1234
01.01.90-1234
01-01-90-1234
01/01/90 1234
01.01.90 1234
01 01 90 1234
01-01-1990-1234
01011990-1234
0 1 0 1 9 0 - 1 2 3 4
0 1 0 1 9 0 1 2 3 4
610190-1234
6101901234
910390 4321
290204-4321
311257-9999
https://x.dk/p/010190-1234/
https://x.dk/?q=010190-1234&a=1
https://x.dk/?q=%28010190-1234%29
https://x.dk/?q=010190%2D1234
https://x.dk/?q=010190%E2%80%931234
010190-1234@x.dk
scan_010190-1234_2.pdf
010190-1234-2.pdf
0101901234.pdf
Stue 4: 0101901234.
1. 0101901234
|0101901234|
Jens;0101901234;42
født d. 010190 1234
ordre 010190-1234
sagen er lukket. 0101901234 mangler
Se min sag. 0101901234 mangler
Astrid 0101901234
altid 0101901234
211126-1430
"""

LOOK_ALIKES = """
INC0101901234
INC 0101901234
INC: 0101901234
INC-0101901234
RITM0101901234
CHG 0101901234
ordre 0101901234
Ordre: 0101901234
ordre #0101901234
ordrenr. 0101901234
ordrenr.0101901234
ordrenummer: 0101901234
ordrenummeret er 0101901234
ordre nr. 0101901234
ordre med nummer 0101901234
indkøbsordre 0101901234
**Ordre:** 0101901234
<b>Ordre</b> 0101901234
bestilling 0101901234
bestillingsnr 0101901234
ISBN 0101901234
ISBN: 010190 1234
tlf. 0101901234
tlf.: 0101901234
tlf 010190 1234
telefon 0101901234
mobilnummer 0101901234
+45 0101901234
+450101901234
+49 170123-4567
(+45) 0101901234
sag 0101901234
sagsnr. 0101901234
sagsnummer 0101901234
ticket 0101901234
ticket-id 0101901234
#0101901234
ref. 0101901234
REF0101901234
reference: 0101901234
serienr. 0101901234
serienummer 0101901234
S/N 0101901234
S/N: 0101901234
SN0101901234
SN-0101901234
EAN 0101901234
varenr. 0101901234
faktura 0101901234
fakturanr. 0101901234
kontonr. 0101901234
konto 9570 0101901234
9570 0101901234
9570-0101901234
DK5000400440116243
id=0101901234
"id": 0101901234
bruger-id 0101901234
userId: 0101901234
timestamp: 1612202359
"exp":1612202359
epoch 1612202359
20161231235959
201612312359
20161231-2359
20161231 2359
2016-12-31 2359
31-12-2016-2359
21.11.26 0830
21/11/26 0830
den 211126 1430
kl. 211126 1430
mandag 211126 1430
310290-1234
290291-1234
320190-1234
011390-1234
000190-1234
010090-1234
620290 ord 1234
01019012345
10101901234
a0101901234
0101901234x
1010190-1234
010190-12345
010190-123
https://x.dk/p/0101901234
https://x.dk/p/010190/1234
https://x.dk/?q=0101901234
www.x.dk/0101901234
x.dk/0101901234
0101901234@x.dk
mailto:0101901234@x.dk
http://doi.wiley.com/10.1002/%28SICI%291097-0010%2819990515%2979:7%3C1015
ab010190-1234-11ee-8888-123456789012
123e4567-e89b-12d3-a456-426614174000
d41d8cd98f00b204e9800998ecf8427e
5790001234567
01:01:90:12:34:56
01-01-90-12-34-56
10.11.12.134
version 10.11.12.1234
v10.11.12.1234
1.2.840.010190.1234
1.2.840.0101901234
20 10 12 34 56
45 20 10 12 3456
570 010190 1234
010190 1234 567
1 2 3 4 5 6 7 8 9 10
0 1 0 1 9 0 1 2 3 4 5
2026/010190/1234
A-0101901234
0101901234-A
IMG_0101901234.jpg
XXXXXX-XXXX
010190, 1234
010190⏎⏎1234
"""


def cases(listing):
    """One a line; ⏎ stands for a line break inside a case."""
    return [line.replace("⏎", "\n") for line in listing.strip("\n").split("\n")]


@pytest.mark.parametrize("text", cases(DISGUISES))
def test_cpr_number_is_found_in_every_disguise(text):
    assert len(find_cpr_numbers(text)) == 1


@pytest.mark.parametrize("text", cases(DISGUISES))
def test_masked_text_holds_no_cpr_number(text):
    assert find_cpr_numbers(mask(f"før {text} efter")) == []


@pytest.mark.parametrize("text", cases(LOOK_ALIKES))
def test_another_kind_of_number_is_left_alone(text):
    assert find_cpr_numbers(text) == []


def test_find_tells_place_and_digits():
    text = "Pt. ０１０１９０–**1234** venter"
    [find] = find_cpr_numbers(text)
    assert text[find.start : find.end] == "０１０１９０–**1234"
    assert find.digits == "0101901234"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("010190 1234 og 020290 2345", 2),
        ("010190 1234 020290 2345", 2),
        ("0101901234 0202902345", 2),
        ("0101901234,0202902345", 2),
        ("0101901234 1**2**", 1),
        ("010190-1234 0202902345", 2),
        ("0101901234\n0202902345\n", 2),
        ("ordre 0101901234 til 020290-2345", 1),
    ],
)
def test_every_number_of_a_text_is_found(text, count):
    assert len(find_cpr_numbers(text)) == count


@pytest.mark.parametrize("serial", ["0000", "1111", "4999", "9999"])
def test_no_check_digit_is_asked_for(serial):
    assert find_cpr_numbers(f"010107-{serial}")


def test_mask_keeps_everything_else():
    assert mask("Før (010190-1234), efter") == f"Før ({MASK}), efter"


def test_only_the_chosen_finds_are_masked():
    text = "010190-1234 020290-2345"
    assert mask_finds(text, find_cpr_numbers(text)[1:]) == f"010190-1234 {MASK}"


def test_digits_show_in_no_message():
    finds = find_cpr_numbers("010190-1234")
    refusal = PatientDataFound("body", finds)
    assert "1234" not in f"{finds} {refusal} {refusal!r}"
    assert (refusal.field, refusal.finds) == ("body", finds)


def test_lines_are_numbered_from_one_and_judged_alone():
    lines = ["010190-1234 020290-2345\n", "ingen\n", "0101901234\n", "010190-\n", "1234\n"]
    assert list(lines_with_finds(lines)) == [1, 3]


def test_lines_need_no_line_break():
    assert list(lines_with_finds(["010190", "1234", "0101901234"])) == [3]


def test_lines_are_read_one_at_a_time():
    def endless():
        while True:
            yield "0101901234\n"

    found = lines_with_finds(endless())
    assert [next(found) for _ in range(3)] == [1, 2, 3]


PIECES = st.sampled_from(
    ["0101901234", "010190", "1234", "-", " ", ".", "/", "*", "**", "<b>", "</b>", "&nbsp;", "cpr",
     "ordre ", "9570 ", "a", "_", "\n", "&#45;", "\u200b", "+45 ", "https://x.dk/", "1", "01"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_finds_are_in_order_apart_and_gone_when_masked(text):
    finds = find_cpr_numbers(text)
    assert all(one.end <= other.start for one, other in pairwise(finds))
    assert all(len(find.digits) == 10 and find.digits.isascii() for find in finds)
    assert find_cpr_numbers(mask(text)) == []


@given(st.text())
def test_any_text_can_be_read(text):
    find_cpr_numbers(text + "\ud800 0101901234")


def real_texts():
    for path in DATA.glob("stackexchange/*/*.xml"):
        for _, row in ElementTree.iterparse(path):
            yield from row.attrib.values()
            row.clear()
    for path in DATA.glob("danish/*/*.md"):
        yield path.read_text(encoding="utf-8")
    with gzip.open(DATA / "danish" / "help-sections.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from (str(value) for value in json.loads(line).values())


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data with the real texts is absent")
def test_real_texts_hold_no_cpr_number():
    finds = [
        text[find.start : find.end] for text in real_texts() for find in find_cpr_numbers(text)
    ]
    assert finds == []
