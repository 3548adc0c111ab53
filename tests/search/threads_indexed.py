"""Threads for the tests of the engines."""

from midtlink.search.protocol import CARETAKERS, EVERYBODY, NUMBERS, Document, Wanted

EVERYONE = frozenset({EVERYBODY})
CARING = frozenset({EVERYBODY, CARETAKERS})


def thread(id, title, body="", answers="", *, labels=(), version=1, hidden=False, **numbers):
    audience = CARETAKERS if hidden else EVERYBODY
    known = {name: numbers.get(name, 0) for name in NUMBERS}
    return Document(id, version, title, body, answers, frozenset({audience, *labels}), known)


def wanted(*words, audience=EVERYONE, **more):
    return Wanted(audience, words=words, **more)


def ids(found):
    return [hit.id for hit in found.hits]


PRINTER, LABELS, CARD, LOGIN, BLOOD, SECRET, ENGLISH, LONG = range(1, 9)
HOSPITAL = [
    thread(PRINTER, "Printeren på stue 3 trækker ikke papir", "Der kommer ingen etiketter ud.",
           "Sluk og tænd. Fjern den røde klemme.", labels=["status:solved", "tag:1", "tag:2",
           "has:answer", "has:solution", "asker:7"], score=4, created=100, active=900, helped=3),
    thread(LABELS, "Etiketter til blodprøver sidder skævt", "Vi skifter rulle hver uge.",
           labels=["status:unanswered", "tag:2"], score=1, created=200, active=200),
    thread(CARD, "Hvor ser jeg vagten i Kvikplan?", "FMK åbner ikke fra journalen.",
           "Tryk på Kvikplan øverst.", labels=["status:answered", "tag:3", "system:1"],
           score=2, created=300, active=350, helped=9),
    thread(LOGIN, "Adgangskoden er udløbet", "Jeg kan ikke logge ind.",
           labels=["status:closed", "system:1"], score=-2, created=400, active=400),
    thread(BLOOD, "Bestilling af blodprøver før weekenden", "Laboratoriet lukker klokken tre.",
           "Ring til laboratoriet om blodprøver.", labels=["status:answered", "tag:1"],
           created=500, active=500, helped=1),
    thread(SECRET, "Fortrolig sag om printeren", "Kun for dem der ser efter.", hidden=True,
           labels=["status:unanswered", "tag:9"], created=600, active=600),
    thread(ENGLISH, "Where do I print a schedule?", "The schedules are in the roster.",
           labels=["status:unanswered"], created=700, active=700),
    thread(LONG, "Tom", "", labels=["status:unanswered"], created=50, active=50),
]  # fmt: skip
