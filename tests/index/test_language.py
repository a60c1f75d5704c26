"""The query language: what is understood, and that any text whatever is a query."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import archive.countries
from index import countries
from index.language import LONGEST, MOST_LEAVES, PARTING, understand
from index.tree import And, Dated, Fuzzy, Node, Not, Or, Phrase, Prefix, Value, Wildcard, Word, wanted

PIECES = st.sampled_from(
    (
        *("kidnap*", "AND", "OR", "NOT", "-word", "-", "(", ")", '"', '"red notice"', '"a b"~5', "wo?d", "word~2", "~"),
        *("*", "?", "date:", "date:2015", "date:[2014 to 2016]", "date:[", "]", "date:>2020-05", "date:2015-13", ":"),
        *("country:thailand", "language:", "title:", "title:(", "author:x*", "kind:document", "http://x.y", "a-b"),
        *("大陆", "大陸*", "「红色通报」", "“", "（", "、", "،", "\0", "\ud800", "don't", "**bold**", "why?", "ＡＮＤ"),
    )
)
QUERIES = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=14).flatmap(
    lambda pieces: st.sampled_from([" ", ""]).map(lambda gap: gap.join(pieces))
)


@given(text=QUERIES)
@example("NOT")
@example("a AND OR b")
@example("(" * 3000)
@example("NOT " * 400 + "x")
@example('"' * 999)
@example("title:" * 300)
def test_any_text_is_a_query_and_reads_back(text: str) -> None:
    understood = understand(text)
    assert (understood.tree is None) == (understood.interpretation == "")
    if understood.tree:
        assert len(list(wanted(understood.tree))) <= MOST_LEAVES
        again = understand(understood.interpretation)
        assert again.tree is not None


@given(word=st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=10))
def test_a_word_is_itself(word: str) -> None:
    assert understand(word).tree == Word(word)


def both(*parts: object, implied: bool = True) -> And:
    return And(parts, implied)  # type: ignore[arg-type]


A, B, C = Word("alpha"), Word("beta"), Word("gamma")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("alpha beta", both(A, B)),
        ("alpha AND beta", both(A, B, implied=False)),
        ("alpha OR beta", Or((A, B))),
        ("alpha OR beta AND gamma", Or((A, both(B, C, implied=False)))),
        ("alpha (beta OR gamma)", both(A, Or((B, C)))),
        ("alpha -beta", both(A, Not(B))),
        ("alpha NOT beta", both(A, Not(B))),
        ("-alpha beta", both(Not(A), B)),
        ("(-alpha beta)", both(Not(A), B)),
        ('-"alpha beta" gamma', both(Not(Phrase("alpha beta")), C)),
        ("gui-minhai anti-corruption", both(Word("gui-minhai"), Word("anti-corruption"))),
        ("alpha - beta", both(A, B)),
        ('"alpha beta"', Phrase("alpha beta")),
        ("“alpha beta”", Phrase("alpha beta")),
        ("「红色 通报」", Phrase("红色 通报")),
        ('"alpha beta"~5', Phrase("alpha beta", 5)),
        ("alp*", Prefix("alp")),
        ("alp＊", Prefix("alp")),
        ("gui-min* O'Bri*", both(Prefix("gui-min"), Prefix("O'Bri"))),
        ("习*平 大陆*", both(Word("习"), Word("平"), Prefix("大陆"))),
        ("http://alpha.beta/?gamma=1", Word("http://alpha.beta/?gamma=1")),
        ("al?ha", Wildcard("al?ha")),
        ("al*a", Wildcard("al*a")),
        ("alpha~ beta~2", both(Fuzzy("alpha", 1), Fuzzy("beta", 2))),
        ("why alpha?", both(Word("why"), A)),
        ("**alpha**", A),
        ("alpha，beta　gamma、", both(A, B, C)),
        ("alpha، beta؟", both(A, B)),
        ("title:alpha", Word("alpha", "title")),
        ("TITLE:(alpha beta)", both(Word("alpha", "title"), Word("beta", "title"))),
        ('author:"alpha beta" publisher:gam*', both(Phrase("alpha beta", None, "author"), Prefix("gam", "publisher"))),
        ("country:thailand", Value("country", "TH", "thailand")),
        ("country：泰国", Value("country", "TH", "泰国")),
        ('country:"South Korea"', Value("country", "KR", "South Korea")),
        ("country:(TH OR LA)", Or((Value("country", "TH", "TH"), Value("country", "LA", "LA")))),
        ("country:atlantis", Phrase("atlantis")),
        ("language:chinese", Value("language", "zh", "chinese")),
        ("language:zh-Hans", Value("language", "zh-hans", "zh-Hans")),
        (
            "type:Article kind:document",
            both(Value("type", "article", "Article"), Value("kind", "document", "document")),
        ),
        ("http://alpha.beta/gamma", Word("http://alpha.beta/gamma")),
        ("gui:minhai", Word("gui:minhai")),
        ("date:2015", Dated("2015-01-01", "2015-12-31", "2015")),
        ("date:2015-10", Dated("2015-10-01", "2015-10-31", "2015-10")),
        ("date:[2014 to 2016-02]", Dated("2014-01-01", "2016-02-29", "[2014 to 2016-02]")),
        ("date:[2014 TO ]", Dated("2014-01-01", "", "[2014 to ]")),
        ("date:2014..2016", Dated("2014-01-01", "2016-12-31", "[2014 to 2016]")),
        ("date:>2020-05", Dated("2020-06-01", "", ">2020-05")),
        ("date:>=2020-05", Dated("2020-05-01", "", ">=2020-05")),
        ("date:<2020-05", Dated("", "2020-04-30", "<2020-05")),
        ("date:<=2020-05", Dated("", "2020-05-31", "<=2020-05")),
        ("date:2014/2016", Dated("2014-01-01", "2016-12-31", "2014/2016")),
        ("date:soon", Word("soon")),
        ("alpha AND", both(A, Word("and"))),
        ("OR alpha", both(Word("or"), A)),
        ("((alpha", A),
        ("alpha))", A),
        ('"alpha', A),
        ('""', None),
        ("-- * ~ ()", None),
        ("", None),
    ],
)
def test_understood(text: str, tree: object) -> None:
    assert understand(text).tree == tree


def test_written_out_again() -> None:
    text = 'alp* (beta OR "red notice"~3) NOT title:gam?a word~2 country:thailand date:>2020'
    assert understand(text).interpretation == text


def test_a_long_query_is_cut_and_says_so() -> None:
    understood = understand("word " * LONGEST)
    assert understood.notes == ("cut",)
    assert understood.tree is not None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Thailand", "TH"),
        ("tha", "TH"),
        ("th", "TH"),
        ("ประเทศไทย", ""),
        ("ไทย", "TH"),
        ("泰國", "TH"),
        ("تايلاند", "TH"),
        ("Côte d’Ivoire", "CI"),
        ("cote d'ivoire", "CI"),
        ("Hong Kong", "HK"),
        ("UK", "GB"),
        ("Burma", "MM"),
        ("Atlantis", ""),
    ],
)
def test_countries_by_name(name: str, code: str) -> None:
    assert countries.country(name) == code


@pytest.mark.parametrize("code", archive.countries.SHORT)
def test_a_country_is_found_as_it_is_shown(code: str) -> None:
    assert countries.country(archive.countries.name(code)) == code


@pytest.mark.parametrize(
    ("name", "tag"), [("Chinese", "zh"), ("中文", "zh"), ("zh-Hant", "zh-hant"), ("Klingonese", "")]
)
def test_languages_by_name(name: str, tag: str) -> None:
    assert countries.language(name) == tag


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("=word", Word("word", "", True)),
        ("==word", Word("word", "", True)),
        ("='word'", Word("word", "", True)),
        ("title:=word", Word("word", "title", True)),
        ("a=b", Word("a=b")),
        ("=word*", Prefix("word")),
        ("=wo?d", Wildcard("wo?d")),
        ("=word~", Fuzzy("word", 1)),
        ("'word~2", Fuzzy("word", 2)),
        ("-=word", Not(Word("word", "", True))),
        ('-="a b"', Not(Phrase("a b", None, "", True))),
        ("kind:=document", Value("kind", "document", "document")),
        ("==", None),
    ],
)
def test_an_equals_sign_goes_with_every_operator(text: str, meant: Node | None) -> None:
    assert understand(text).tree == meant


@pytest.mark.parametrize("sign", [*PARTING])
def test_signs_part_words_and_within_quotation_marks_what_stands_side_by_side(sign: str) -> None:
    assert understand(f"one{sign}two").tree == And((Word("one"), Word("two")), implied=True)
    assert understand(f"“泰国{sign}护照”").tree == Phrase("泰国, 护照")
    assert understand(f'"a" b{sign}c "d"').tree == And((Phrase("a"), Word("b"), Word("c"), Phrase("d")), implied=True)


@pytest.mark.parametrize("comma", ["،", "，", "、"])
def test_a_place_is_told_with_its_country_behind_any_comma(comma: str) -> None:
    (tree,) = (understand(f'place:"طرابلس{comma} ليبيا"').tree,)
    assert isinstance(tree, Value)
    assert tree.value == "LY-TB"
