from retrieval.analysis import JapaneseAnalyzer
from retrieval.expansion import FRAME, FULL, LOOSE, Thesaurus, own_terms, with_expansions
from retrieval.lexicon import Direction, Term, TermKind

THESAURUS = Thesaurus(
    [
        Term("随意契約", ("随契", "特命"), TermKind.ABBREVIATION, do_not_merge=("競争契約",)),
        Term("競争契約", ("競り",)),
        Term("納品", ("納入",), TermKind.SYNONYM),
        Term("小規模事業者", ("家族経営",), TermKind.COLLOQUIAL, Direction.TO_TERM),
    ]
)


def test_the_official_term_weighs_more_than_another_synonym() -> None:
    found = {e.official: (e.written, e.weight) for e in THESAURUS.expand("随契の理由")}
    assert found == {"随意契約": ("随契", FULL), "特命": ("随契", FULL / 2)}


def test_loose_synonyms_weigh_less() -> None:
    assert [e.weight for e in THESAURUS.expand("納入の期限")] == [LOOSE]


def test_a_row_may_lead_one_way_only() -> None:
    assert [e.official for e in THESAURUS.expand("家族経営の店")] == ["小規模事業者"]
    assert THESAURUS.expand("小規模事業者の店") == ()


def test_what_must_not_be_merged_is_not_brought_in() -> None:
    assert [e.official for e in THESAURUS.expand("競りで決める")] == ["競争契約"]
    assert "競争契約" not in {e.official for e in THESAURUS.expand("随契と競り")}


def test_what_already_stands_there_is_no_expansion() -> None:
    assert {e.official for e in THESAURUS.expand("随契（随意契約）")} == {"特命"}


def test_terms_of_expansions_keep_their_weight_and_the_users_words_theirs() -> None:
    analyzer = JapaneseAnalyzer()
    own = own_terms("随契の根拠", analyzer)
    assert own["根拠"] == 2 * FRAME  # As word and as bigram.
    assert own["随契"] == 2
    weighted = with_expansions(own, THESAURUS.expand("随契の根拠"), analyzer)
    assert weighted["随意"] == FULL
    assert weighted["特命"] == FULL / 2
    assert {term: weighted[term] for term in own} == own
