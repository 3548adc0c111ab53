"""What the chain knows of words: stems, forms, compounds, verbs, slips, relatives."""

from pathlib import Path

import pytest

from midtlink.search.analysis import stemming
from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.compounds import Compounds
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.normal import fold, plain, spelt
from midtlink.search.analysis.verbs import verb_of

DANISH = Path(__file__).parents[2] / ".." / "shared" / "data" / "danish"
COMPOUNDS = Compounds(Lexicon())
CHAIN = Chain(Lexicon())


@pytest.mark.skipif(not DANISH.exists(), reason="../shared/data is absent")
def test_danish_stems_are_snowballs():
    """Only a word that really holds "ae", "oe" or "aa" may differ: it is taken for its twin."""
    words = (DANISH / "snowball-voc.txt").read_text("utf-8").split()
    outputs = (DANISH / "snowball-output.txt").read_text("utf-8").split()
    plain_ones = [pair for pair in zip(words, outputs, strict=True) if spelt(pair[0]) == pair[0]]
    wrong = [word for word, stem in plain_ones if stemming.snowball(fold(word)) != fold(stem)]
    assert len(plain_ones) > 23_000
    assert wrong == []


def test_plain_and_spelt_are_opposites():
    assert spelt(plain("blæserørsåbning")) == "blæserørsåbning"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvor finder jeg min vagtplan?", stemming.DANISH),
        ("Where do I find the rota?", stemming.ENGLISH),
        ("printer offline", stemming.UNSURE),
    ],
)
def test_small_words_tell_the_language(text, language):
    assert stemming.language_of(CHAIN.raw_words(text)) == language


@pytest.mark.parametrize(
    "forms",
    [
        "etiket etiketten etiketter etiketterne etiketternes",
        "nat natten nætter",
        "barn børn børnene",
        "udskrive udskrev udskrevet udskriver",
        "printer printere printerne",
        "kursus kurset kurser",
        "rum rummet rummene",
        "laboratorium laboratoriet laboratorier",
        "læge lægen læger lægerne lægernes",
        "kontakt kontakter kontakterne",
        "langsom langsomt langsomme",
        "hurtig hurtigt hurtige",
        "voldsom voldsomt voldsomme",
        "aktiv aktivt aktive",
        "brugbar brugbart brugbare",
        "vigtig vigtigt vigtige",
        "høj højt høje højere",
        "tom tomt tomme",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stemming.danish(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", ["telt tel", "ført før", "bagt bag", "mist mis", "snart snar"])
def test_what_only_looks_like_an_adverb_has_a_stem_of_its_own(words):
    assert len({stemming.danish(fold(word)) for word in words.split()}) == 2


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("medicinkort", "medicin kort"),
        ("lønudbetaling", "løn udbetaling"),
        ("blodprøvetagning", "blod blodprøve prøve prøvetagning tagning"),
        ("blærekateterskift", "blære blærekateter kateter skift"),
        ("receptfornyelse", "recept fornyelse"),
        ("tryksårsscreening", "tryk tryksår sår screening"),
        ("personalekort", "personale kort"),
        ("kørselsgodtgørelse", "kørsel godtgørelse"),
        ("sengeafsnit", "seng afsnit"),
        ("nattevagten", "natte vagten"),
        ("børneafdelingen", "børne afdelingen"),
        ("røntgenhenvisning", "røntgen henvisning"),
        ("stuegangsvogn", "stue stuegang gang vogn gangsvogn"),
        ("telefonsvarer", "telefon svarer"),
        ("toiletkald", "toilet kald"),
        ("adgangskode", "adgang kode"),
    ],
)
def test_a_compound_has_its_parts(word, parts):
    made = {spelt(part) for part in COMPOUNDS.parts(fold(word))}
    assert made <= set(parts.split())
    assert len(made) >= 2


@pytest.mark.parametrize(
    "word",
    [
        "patienter",
        "patienternes",
        "billedet",
        "registreringen",
        "operation",
        "undersøgelse",
        "transport",
        "tabletter",
        "virksomheden",
        "videnskabelig",
        "oplysninger",
        "indstillinger",
        "forbindelsen",
        "sygeplejerske",
        "apparatet",
        "ordination",
        "instrukser",
        "afdelingerne",
        "kontakterne",
    ],
)
def test_what_is_no_compound_stays_whole(word):
    assert COMPOUNDS.parts(fold(word)) == ()


def test_the_corpus_lends_its_words_to_compounds():
    assert COMPOUNDS.parts("quantumspin") == ()
    taught = Compounds(Lexicon({"quantum": 40, "spin": 60}, documents=1_000))
    assert taught.parts("quantumspin") == ("quantum", "spin")


def test_a_linking_s_is_no_first_letter():
    taught = Compounds(Lexicon({"regnskab": 40}, documents=1_000))
    assert taught.parts(fold("regnskabsår")) == ("regnskab", "aar")


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("bestilling", "bestille"),
        ("bestillinger", "bestille"),
        ("udskrivelse", "udskrive"),
        ("udskrivning", "udskrive"),
        ("godkendelsen", "godkende"),
        ("registrering", "registrere"),
        ("afdeling", ""),
        ("ting", ""),
    ],
)
def test_a_noun_knows_its_verb(noun, verb):
    known = {"bestille", "udskrive", "godkende", "registrere"}
    assert verb_of(noun, known.__contains__) == verb


CORPUS = Lexicon({"recept": 50, "recepter": 20, "roentgen": 40, "hemmeligt": 9}, documents=900)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("resept", "recept"), ("rontgen", "roentgen"), ("hemeligt", "hemmeligt")],
)
def test_a_slip_is_corrected(typed, meant):
    [group] = Chain(CORPUS).wanted([typed])
    assert group.corrected == meant
    assert set(group.terms) >= {stemming.danish(meant)}


def test_a_slip_never_gives_away_a_word_that_the_asker_may_not_know():
    [group] = Chain(CORPUS).wanted(["hemeligt"], known=lambda word: word != "hemmeligt")
    assert group.corrected == ""
    assert "hemmeligt" not in group.terms


def test_a_slip_may_be_of_several_words():
    corpus = Lexicon({"quarkan": 50, "quarkam": 20}, documents=900)
    [group] = Chain(corpus).wanted(["quarkax"])
    assert group.corrected == "quarkan"
    assert 0 < group.terms["quarkam"] < group.terms["quarkan"]


@pytest.mark.parametrize(("seen", "is_slip"), [(2, True), (40, False)])
def test_a_rare_word_may_be_a_slip_of_a_frequent_one(seen, is_slip):
    corpus = Lexicon({"quarkan": 500, "quarkax": seen}, documents=900)
    [group] = Chain(corpus).wanted(["quarkax"])
    assert group.corrected == ""
    assert ("quarkan" in group.terms) == is_slip


@pytest.mark.parametrize("word", ["recept", "patient", "5012", "epj", "ct"])
def test_a_word_that_is_known_is_left_alone(word):
    [group] = Chain(CORPUS).wanted([word])
    assert group.corrected == ""


def test_synonyms_are_looked_for_too_and_count_less():
    [group] = Chain(Lexicon(), [["FMK", "medicinkort"]]).wanted(["medicinkort"])
    assert 0 < group.terms["fmk"] < group.terms[stemming.danish("medicinkort")]


def test_a_synonym_of_several_words_is_known_in_a_row():
    chain = Chain(Lexicon(), [["skolekort", "kort over skolen"]])
    found = {term for group in chain.wanted(["kort", "over", "skolen"]) for term in group.terms}
    assert stemming.danish("skolekort") in found


def test_neighbours_are_looked_for_as_one_word():
    chain = Chain(Lexicon({"medicinkort": 5}, documents=90))
    found = {term for group in chain.wanted(["medicin", "kort"]) for term in group.terms}
    assert "medicinkort" in found


def test_one_word_finds_its_two_parts():
    [group] = CHAIN.wanted(["medicinkort"])
    assert set(group.terms) & set(CHAIN.terms("et kort"))


def test_english_words_are_stemmed_as_english():
    groups = CHAIN.wanted(["which", "printers", "are", "there"])
    assert [set(group.sure) for group in groups] == [{"printer"}]


def test_english_words_are_called_in_danish_too():
    [group] = CHAIN.wanted(["where", "are", "my", "prescriptions"])
    assert set(CHAIN.terms("recepter")) & group.sure
    [group] = CHAIN.wanted(["opladeren"])
    assert set(CHAIN.terms("the charger")) & group.sure


def test_words_of_one_side_of_a_pair_do_not_mean_the_same():
    """ "form" is both, but "skema" is no "formular"."""
    [group] = CHAIN.wanted(["skema"])
    assert stemming.danish("formular") not in group.sure


@pytest.mark.parametrize("typed", ["home", "flickers", "missing", "forgot", "screen", "where"])
def test_an_english_word_is_no_slip(typed):
    near = {"hjem": 90, "frem": 90, "visning": 90, "forgor": 90, "scoren": 90, "flicker": 90}
    near |= {typed + "x": 90, typed[:-1] + "y": 90}
    [group] = Chain(Lexicon(near, documents=900)).wanted([typed])
    assert group.corrected == ""


def test_a_related_word_neither_fits_by_itself_nor_is_marked():
    [group] = CHAIN.wanted(["langsom"])
    near = stemming.danish("svartid")
    assert near in group.terms
    assert near not in group.sure | group.marked
    assert stemming.danish("langsom") in group.sure & group.marked


def test_a_part_of_a_word_is_marked_but_does_not_fit_by_itself():
    [group] = CHAIN.wanted(["medicinkort"])
    part = stemming.danish("kort")
    assert part in group.marked
    assert part not in group.sure


def test_an_alternative_of_several_words_counts_whole():
    [group] = CHAIN.wanted(["langsom"])
    assert ("lang", "tid") in group.terms
    assert not {"lang", "tid"} & group.terms.keys()


def test_an_alternative_is_not_taken_apart():
    [group] = Chain(Lexicon(), [["kvikkort", "adgangskode"]]).wanted(["kvikkort"])
    assert stemming.danish("adgangskode") in group.sure
    assert stemming.danish("kode") not in group.terms


def test_a_word_of_an_entry_with_small_words_is_not_the_entry():
    chain = Chain(Lexicon(), [["udeblevet", "ikke mødt op"]])
    [group] = chain.wanted(["møde"])
    assert not group.terms.keys() & chain.terms("udeblevet").keys()
    found = {term for group in chain.wanted(["ikke", "mødt", "op"]) for term in group.sure}
    assert found & chain.terms("udeblevet").keys()
