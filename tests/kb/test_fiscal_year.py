import pytest

from kb.fiscal_year import FiscalYear, years_named


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("R5", 2023),
        ("Ｒ５年度", 2023),
        ("令和5年度", 2023),
        ("令和　５年度", 2023),
        ("令和元年度", 2019),
        ("2023", 2023),
        ("２０２３年度", 2023),
        ("H26", 2014),
        ("平成26年", 2014),
        ("昭和41年", 1966),
        ("令和八年度", 2026),
        ("平成二十六年", 2014),
        ("R.5", 2023),
        ("令8", 2026),
        ("平26年度", 2014),
    ],
)
def test_every_spelling_of_a_year(text: str, western: int) -> None:
    assert FiscalYear.parse(text) == FiscalYear(western)


@pytest.mark.parametrize("text", ["", "第5条", "SR5x", "令和0年", "12023", "R0"])
def test_what_is_not_a_year(text: str) -> None:
    assert FiscalYear.parse(text) is None


def test_names_of_a_year() -> None:
    year = FiscalYear.of("令和", 5)
    assert (year.era, year.year, year.western) == ("令和", 5, 2023)
    assert (str(year), year.short) == ("令和5年度", "R5")
    assert FiscalYear(2018).short == "H30"
    assert (str(FiscalYear(2019)), FiscalYear(2019).short) == ("令和元年度", "R1")


def test_years_in_order_of_mention() -> None:
    assert years_named("R8なのに令和7年度、2026年度も") == (FiscalYear(2026), FiscalYear(2025))


def test_an_unknown_era_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a year"):
        FiscalYear.of("慶応", 3)
