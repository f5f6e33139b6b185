"""Documents of other years, agencies and layouts, each as text, Word and PDF, outlined to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pytest

from ingest.parse import parse
from kb.documents import DocumentKind, NodeKind, ParsedDocument
from kb.fiscal_year import FiscalYear
from kb.settings import Settings
from tests.ingest.samples import PdfPage, grid, pdf, placed, word
from tests.ingest.test_invariants import assert_sound

TEXTS = Path(__file__).parent / "texts"
WIDTH = 44
ROWS = 40


def as_word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return word(document)


def as_pdf(text: str) -> bytes:
    """Lines broken at a width, pages with a running head and a number at the foot."""
    lines = [
        line[at : at + WIDTH]
        for line in text.rstrip("\n").split("\n")
        for at in range(0, max(len(line), 1), WIDTH)
    ]
    pages = [lines[at : at + ROWS] for at in range(0, len(lines), ROWS)]
    return pdf(
        *(
            PdfPage(
                drawing="".join(
                    placed(60, 790 - 17 * row, line) for row, line in enumerate(page) if line
                )
                + placed(285, 40, f"- {number} -")
            )
            for number, page in enumerate(pages, start=1)
        )
    )


def read(name: str, suffix: str) -> ParsedDocument:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    makers = {".txt": str.encode, ".docx": as_word, ".pdf": as_pdf}
    parsed = parse(makers[suffix](text), Path(f"{name}{suffix}"), "d", None, Settings())
    assert_sound(parsed)
    return parsed


def outline(parsed: ParsedDocument) -> list[str]:
    return [f"{item.id.removeprefix('d/')} {item.heading}".rstrip() for item in parsed.nodes]


FORMATS = pytest.mark.parametrize("suffix", [".txt", ".docx", ".pdf"])


@FORMATS
def test_basic_policy_of_another_year(suffix: str) -> None:
    parsed = read("kihon_r07", suffix)
    document = parsed.document
    assert (document.kind, document.title, document.fiscal_year, document.decided_on) == (
        DocumentKind.KIHON,
        "令和7年度中小企業者に関する国等の契約の基本方針",
        FiscalYear(2025),
        "2025-04-22",
    )
    assert outline(parsed) == [
        "前文 （別紙） 令和７年度中小企業者に関する国等の契約の基本方針",
        "第1 中小企業者の受注の機会の増大の意義及び目標に関する事項",
        "第1/1 中小企業者の受注の機会の増大の意義",
        "第1/2 中小企業・小規模事業者向け契約目標",
        "第1/2/①",
        "第1/2/②",
        "第1/3 新規中小企業者の契約目標",
        "第2 中小企業者の受注の機会の増大のために国等が講ずる措置に関する基本的な事項",
        "第2/1 官公需情報の提供の徹底",
        "第2/1/(1) 個別発注情報の提供と説明",
        "第2/1/(1)/①",
        "第2/1/(1)/②",
        "第2/1/(2) 官公需情報ポータルサイトによる情報の一括提供",
        "第2/2 適正な価格での契約",
        "第2/2/(1) 労務費、原材料費、エネルギーコスト等の上昇を踏まえた価格での契約",
        "第2/2/(1)/(注)",
        "第2/2/(2) 低入札価格調査制度の適切な活用",
        "第2/2/(2)/ア",
        "第2/2/(2)/イ",
        "第3 新規中小企業者及び組合の活用に関する基本的な事項",
        "第3/1 新規中小企業者の活用",
        "第3/2 組合の活用",
        "第4 第１から第３までに掲げるもののほか、中小企業者の受注の機会の増大に関し必要な事項",
        "第4/(1)",
        "第4/(2)",
        "附則",
    ]
    seconds = next(item for item in parsed.nodes if item.id == "d/第1/2/②")
    assert seconds.body == "各省各庁の長等は、目標の達成状況を、四半期ごとに把握するものとする。"


@FORMATS
def test_agency_policy_that_skips_the_items(suffix: str) -> None:
    parsed = read("kikan_skips_items", suffix)
    document = parsed.document
    assert (document.kind, document.issuer, document.fiscal_year, document.decided_on) == (
        DocumentKind.KIKAN, "環境庁舎管理省", FiscalYear(2026), "2026-06-10",
    )  # fmt: skip
    assert outline(parsed) == [
        "前文 令和８年度環境庁舎管理省における中小企業者に関する契約の方針",
        "第1 中小企業者の受注の機会の増大の目標に関する事項",
        "第1/(1)",
        "第1/(2)",
        "第2 中小企業者の受注の機会の増大のために講ずる措置",
        "第2/(1) 官公需情報の提供",
        "第2/(1)/①",
        "第2/(1)/②",
        "第2/(2) 分離・分割発注の推進",
        "第2/(3) 適正な納期・工期の設定",
        "第2/(3)/ア",
        "第2/(3)/イ",
        "第3 その他",
        "第3/(1)",
        "第3/(2)",
        "別紙1 適用機関一覧",
    ]
    assert parsed.nodes[-1].kind is NodeKind.ANNEX
    split = next(item for item in parsed.nodes if item.id == "d/第2/(2)")
    assert split.body.splitlines() == [
        "契約担当官等は、物件等の発注に当たり、分離・分割発注の可否を検討する。",
        "なお、検討の結果は、記録するものとする。",
    ]


@FORMATS
def test_guideline_with_decimal_numbers_and_contents(suffix: str) -> None:
    parsed = read("guideline_decimal", suffix)
    assert parsed.document.kind is DocumentKind.OTHER
    assert (parsed.document.title, parsed.document.issuer) == (
        "小規模工事等の発注に関するガイドライン(第2版)", "○○県土木部監理課",
    )  # fmt: skip
    assert outline(parsed) == [
        "前文 小規模工事等の発注に関するガイドライン（第２版）",
        "1 総則",
        "1/1.1 目的",
        "1/1.2 対象",
        "1/1.2/(1)",
        "1/1.2/(2) 次に掲げる業務",
        "1/1.2/(2)/ア",
        "1/1.2/(2)/イ",
        "2 発注の手続",
        "2/2.1 登録",
        "2/2.1/(1) 登録の申請",
        "2/2.1/(2) 登録の期間",
        "2/2.2 見積り",
        "2/2.2/ア",
        "2/2.2/イ",
    ]


@FORMATS
def test_case_book_without_numbers_and_with_contents(suffix: str) -> None:
    parsed = read("jirei_without_numbers", suffix)
    document = parsed.document
    assert (document.kind, document.issuer, document.fiscal_year) == (
        DocumentKind.JIREI, "中小企業庁 取引課", FiscalYear(2022),
    )  # fmt: skip
    assert outline(parsed) == [
        "前文 官公需における中小企業者の受注機会確保の取組事例集（令和４年度版）",
        "目次",
        "はじめに はじめに",
        "1 入札・契約方法の工夫",
        "事例1 地域内企業の優先指名",
        "事例1/事業の目的 事業の目的",
        "事例1/根拠規定 根拠規定",
        "事例1/事業の概要 事業の概要",
        "事例1/実績 実績",
        "事例1/課題 課題",
        "事例2 小規模修繕契約希望者登録制度",
        "事例2/事業の目的 事業の目的",
        "事例2/対象者 対象者",
        "事例2/対象となる契約 対象となる契約",
        "事例2/実績 実績",
        "2 新規中小企業者の活用",
        "事例3 スタートアップ調達窓口",
        "事例3/事業の概要 事業の概要",
        "事例3/認定の要件 認定の要件",
        "事例3/期間 期間",
    ]
    cases = [item.case for item in parsed.nodes if item.case]
    assert [(case.title, case.organisation, case.prefecture, case.category) for case in cases] == [
        ("地域内企業の優先指名", "青森県八戸市", "青森県", "入札・契約方法の工夫"),
        ("小規模修繕契約希望者登録制度", "長野県", "長野県", "入札・契約方法の工夫"),
        ("スタートアップ調達窓口", "兵庫県神戸市", "兵庫県", "新規中小企業者の活用"),
    ]
    fields = [item.field_name for item in parsed.nodes if item.parent == "d/事例2"]
    assert fields == ["目的", "対象者", "対象商品・業務", "実施状況・実績"]


SHEETS: Sequence[Mapping[str, str]] = (
    {
        "取組名": "地元企業の一抜け方式",
        "団体名": "北海道札幌市",
        "目的": "受注の偏りを防ぐ。",
        "根拠規定": "札幌市一抜け方式実施要領",
        "実績": "令和5年度は12件で実施した。",
    },
    {
        "取組名": "少額随契の見積先の拡大",
        "団体名": "国立大学法人西部大学",
        "対象者": "県内に本店がある小規模事業者",
        "効果": "見積先が2割増えた。",
    },
)
SHEET_OUTLINE = [
    "事例1 地元企業の一抜け方式", "事例1/目的 目的", "事例1/根拠規定 根拠規定", "事例1/実績 実績",
    "事例2 少額随契の見積先の拡大", "事例2/対象者 対象者", "事例2/効果 効果",
]  # fmt: skip


def assert_sheets(parsed: ParsedDocument) -> None:
    assert_sound(parsed)
    assert parsed.document.kind is DocumentKind.JIREI
    assert outline(parsed)[-len(SHEET_OUTLINE) :] == SHEET_OUTLINE
    cases = [item.case for item in parsed.nodes if item.case]
    assert [(case.organisation, case.prefecture) for case in cases] == [
        ("北海道札幌市", "北海道"), ("国立大学法人西部大学", None),
    ]  # fmt: skip
    fields = {
        item.id.rpartition("/")[2]: item.field_name for item in parsed.nodes if item.field_name
    }
    assert fields == {
        "目的": "目的", "根拠規定": "根拠法令等", "実績": "実施状況・実績",
        "対象者": "対象者", "効果": "効果・評価",
    }  # fmt: skip
    purpose = next(item for item in parsed.nodes if item.id == "d/事例1/目的")
    assert purpose.body == "受注の偏りを防ぐ。"


def test_sheets_of_cases_in_word_tables() -> None:
    document = docx.Document()
    document.add_paragraph("官公需に係る取組事例集（令和６年度）")
    for sheet in SHEETS:
        table = document.add_table(rows=0, cols=2)
        for name, value in sheet.items():
            cells = table.add_row().cells
            cells[0].text, cells[1].text = name, value
        document.add_paragraph("")
    assert_sheets(parse(word(document), Path("sheets.docx"), "d", None, Settings()))


def test_sheets_of_cases_in_pdf_tables() -> None:
    pages = []
    for number, sheet in enumerate(SHEETS):
        tops = [700 - 20 * row for row in range(len(sheet) + 1)]
        title = placed(60, 780, "官公需に係る取組事例集（令和６年度）") if not number else ""
        cells = "".join(
            placed(65, top - 15, name) + placed(165, top - 15, value)
            for top, (name, value) in zip(tops, sheet.items(), strict=False)
        )
        pages.append(PdfPage(drawing=title + grid([60, 160, 500], tops) + cells))
    assert_sheets(parse(pdf(*pages), Path("sheets.pdf"), "d", None, Settings()))
