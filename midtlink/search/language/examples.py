"""What the help shows: queries to try, in both languages, and what each of them finds."""

from dataclasses import dataclass

from midtlink.search.language.operators import DANISH, ENGLISH, _


@dataclass(frozen=True)
class Example:
    """A query as it is typed in each language; `says` is a text to translate."""

    danish: str
    english: str
    says: str

    def text(self, language: str = DANISH) -> str:
        """Return the query to type in a language."""
        return self.english if language == ENGLISH else self.danish


EXAMPLES = (
    Example("medicinkort udskrift", "medication printout",
            _("Et af ordene er nok; jo flere der passer, jo højere står det.")),
    Example('"logger ind igen"', '"logger ind igen"', _("Ordene i netop den rækkefølge.")),
    Example("printer -etiket", "printer -label", _("Uden ordet efter stregen.")),
    Example("røntgen*", "radio*", _("Alle ord, der begynder sådan.")),
    Example("[print]", "[print]", _("Med emneordet. Skriv -[print] for uden.")),
    Example("system:epj", "system:epj", _("Om systemet.")),
    Example('afdeling:"medicinsk afdeling"', 'department:"medicinsk afdeling"',
            _("Stillet fra afdelingen. Flere ord sættes i anførselstegn.")),
    Example("bruger:mig", "user:me",
            _("Det, du selv har skrevet i. Skriv et navn for en kollega.")),
    Example("etiket er:svar", "label is:answer", _("Led kun efter ordene i svarene.")),
    Example("status:uløst", "status:unsolved",
            _("Endnu ikke løst. Du kan også skrive ubesvaret, besvaret, løst, hos-it og lukket.")),
    Example("har:bekræftet", "has:confirmed",
            _("Med et svar, som IT har bekræftet. Du kan også skrive svar og løsning.")),
    Example("score:>=3", "score:>=3", _("Med mindst 3 stemmer. 3..10 er fra 3 til 10.")),
    Example("svar:0", "answers:0", _("Uden svar endnu.")),
    Example("oprettet:<7d", "created:<7d",
            _("Stillet inden for 7 dage. t, d, u, m, å er timer, dage, uger, måneder, år.")),
    Example("oprettet:2025-01", "created:2025-01",
            _("Stillet i januar 2025. Et år, en dag og 2024..2025 kan også bruges.")),
    Example("aktiv:>30d", "active:>30d", _("Intet nyt i 30 dage.")),
    Example("sorter:nyeste", "sort:newest",
            _("De nyeste først. Du kan også skrive relevans og hjulpet.")),
    Example("-status:lukket", "-status:closed", _("En streg foran vender ethvert filter om.")),
)  # fmt: skip
