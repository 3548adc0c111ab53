"""Tell from the words and signs around ten digits whether they are another kind of number."""

import re
from bisect import bisect_right

from midtlink._privacy_groups import MARKS, UNSEEN_RUN

END_OF_ADDRESS = r"[^\s<>()\[\]|\"]"
ADDRESS = re.compile(
    rf"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{{1,15}}://{END_OF_ADDRESS}+"
    rf"|(?<!\w)(?:www\.|(?:mailto|tel|sip|urn):){END_OF_ADDRESS}+"
    rf"|(?<![\w.+-])[\w.+-]{{1,80}}@[\w-]{{1,63}}\.{END_OF_ADDRESS}+"
    rf"|(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,8}}[a-z]{{2,24}}[/?]{END_OF_ADDRESS}*",
    re.IGNORECASE,
)


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


CPR_NAMES = _words(
    "cpr cprnr cprnummer cprnummeret cprno personnr personnummer personnummeret persnr fødselsnr"
    " fødselsnummer patientid patientnr patientnummer ptid erstatningscpr"
)
PATIENTS = {"patient", "patientens", "pt", "borger", "borgers", "pers"}
# A full stop after a short name belongs to it; after a long one it ends the sentence.
SHORT_NAMES = _words(
    "tlf tel mob fax ref reg inc chg prb req ritm task sctask wo sr isbn issn ean gtin gln upc"
    " iban cvr kto uid guid uuid sn imei mac ip ver rev kb rfc doi pmid ts iat exp"
)
LONG_NAMES = _words(
    "order orders bestilling bestillingen rekvisition rekvisitionen ring phone call sms lokal sag"
    " sagen sags sager case incident incidents ticket tickets ticketid billet bug serie serial"
    " reference referencen invoice account vare varen artikel sku model lot batch asset udstyr"
    " inventar stregkode barcode tracking pakke forsendelse kunde userid brugerid sagsid sagid"
    " ordreid deviceid licens license key nøgle token session version build release commit hash"
    " checksum timestamp tidsstempel epoch unix unixtid beløb"
)
# Danish writes them together: indkøbsordre, mobiltelefon, serienummer.
LAST_PARTS = tuple(
    _words("ordre ordren ordrer telefon telefonen mobil mobilen faktura fakturaen konto kontoen")
)
NUMBERS = ("nr", "nummer", "nummeret", "numre", "number")
# What may stand between the name and its number: "ordre med nummer", "CPR-nr. er".
FILLERS = _words("no num id er is var på med har lyder hedder") | {*NUMBERS}
DATE_WORDS = _words(
    "d den dato kl klokken mandag tirsdag onsdag torsdag fredag lørdag søndag dags pr tid"
    " tidspunkt date"
)
BIRTH_WORDS = {"f", "født", "fødselsdag", "fødselsdato"}

# How far back a name is looked for. Bounded, so that the search stays linear.
LOOK_BACK = 80
MOST_FILLERS = 3
WORD_AND_GLUE = re.compile(r"([^\W\d_]+)((?:[\W\d]|_)*)")
GLUE = re.compile(r"(?:[^\w,;!?]|_){0,6}")
PERCENT_ESCAPE = re.compile(r"%[2-7][\da-fA-F]$")
PLUS = re.compile(r"\+\d{0,3}[\s()-]{0,2}$")

CPR, OTHER_KIND, DATE = "cpr", "other", "date"


class Surroundings:
    """What stands around a place in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._addresses: list[tuple[int, int]] | None = None

    def in_address(self, start: int) -> bool:
        """Tell whether a web or mail address covers the place."""
        if self._addresses is None:
            self._addresses = [match.span() for match in ADDRESS.finditer(self.text)]
        nearest = bisect_right(self._addresses, (start, len(self.text))) - 1
        return nearest >= 0 and start < self._addresses[nearest][1]

    def named_kind(self, start: int) -> str:
        """Return the kind of number that the words just before announce, or ""."""
        if not self._last_sign(start).isalpha():
            return ""
        before = self.text[max(0, start - LOOK_BACK) : start]
        before = MARKS.sub("", UNSEEN_RUN.sub("", before)).lower()
        return _named_kind(WORD_AND_GLUE.findall(before))

    def touches_word(self, start: int, end: int) -> bool:
        """Tell whether letters make it part of a code (`SN0101901234`)."""
        if self._sign(end, +1).isalnum():
            return True
        if PERCENT_ESCAPE.search(self.text, max(0, start - 3), start):
            return False
        return self._sign(start - 1, -1).isalnum()

    def is_part_of_code(self, start: int, end: int) -> bool:
        """Tell whether signs tie it to letters or mark it as a number of its own kind."""
        before, after = self._sign(start - 1, -1), self._sign(end, +1)
        if before.isspace() and (after.isspace() or not after):
            return False
        return (
            before in {*"#$€£\\"}
            or (before in {*"_/-"} and self._sign(start - 1, -1, before).isalnum())
            or (after in {*"_/\\-"} and self._sign(end, +1, after).isalnum())
        )

    def follows_plus(self, start: int) -> bool:
        """Tell whether a country code stands before it (`+49 170123-4567`)."""
        before = self.text[max(0, start - 6) : start]
        return "+" in before and PLUS.search(before) is not None

    def _sign(self, at: int, step: int, skipped: str = "") -> str:
        """Return the nearest seen sign from a place on, passing over the skipped one."""
        while 0 <= at < len(self.text):
            sign = self.text[at]
            if sign != skipped and not UNSEEN_RUN.match(sign):
                return sign
            at += step
        return ""

    def _last_sign(self, start: int) -> str:
        """Return the last letter or digit before, or "" when none is near."""
        for at in range(start - 1, max(-1, start - LOOK_BACK), -1):
            if self.text[at].isalnum():
                return self.text[at]
        return ""


def _named_kind(words: list[tuple[str, str]]) -> str:
    passed: set[str] = set()
    while words and words[-1][0] in FILLERS and len(passed) < MOST_FILLERS:
        filler, glue = words.pop()
        if not GLUE.fullmatch(glue):
            return ""
        passed.add(filler)
    if not words or not GLUE.fullmatch(words[-1][1]):
        return OTHER_KIND if "id" in passed else ""
    name, glue = words[-1]
    previous = words[-2][0] if len(words) > 1 else ""
    if name in CPR_NAMES or (name in PATIENTS and passed & {"id", "nr", "nummer"}):
        return CPR
    if "id" in passed or _names_another(name, glue, previous):
        return OTHER_KIND
    return DATE if name in DATE_WORDS and previous not in BIRTH_WORDS else ""


def _names_another(name: str, glue: str, previous: str) -> bool:
    if name in SHORT_NAMES or name.endswith(NUMBERS) or (name == "n" and previous in {"s", "p"}):
        return True
    ends_sentence = glue.startswith(". ")
    return not ends_sentence and (name in LONG_NAMES or name.endswith(LAST_PARTS))
