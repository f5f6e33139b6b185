"""Check a draft against the 基本方針 it follows; the same texts always give the same findings."""

from __future__ import annotations

import time
from collections.abc import Sequence

from assistant.comparison.policies import compare_policies, document_title
from assistant.review.coverage import coverage_findings
from assistant.review.dates import date_findings, decisions, law_number_findings
from assistant.review.figures import figure_findings
from assistant.review.findings import CheckReport, Finding, FindingKind, Severity, in_order
from assistant.review.numbering import fragment_findings, numbering_findings
from assistant.review.references import reference_findings
from assistant.review.terms import term_findings
from assistant.review.years import year_findings
from kb.addresses import document_name
from kb.documents import Document, NodeKind, ParsedDocument
from kb.errors import OptionError


def check_draft(
    draft: ParsedDocument,
    against: ParsedDocument,
    known: Sequence[ParsedDocument] = (),
    documents: Sequence[Document] = (),
) -> CheckReport:
    """What an officer should look at in `draft`, held against the 基本方針 `against`.

    `known` are further documents whose dates, law numbers and definitions count, `documents` those
    of the knowledge base, for the dates of their decision. Raises OptionError when one of the two
    has no clauses, or both are one.
    """
    began = time.perf_counter()
    if all(node.kind is not NodeKind.CLAUSE for node in draft.nodes):
        raise OptionError(
            f"「{draft.document.title}」には条項がないため点検できません。"
            "第1、1、(1) のような番号の付いた方針の案を指定してください。"
        )
    comparison = compare_policies(against, draft)
    others = (against, *(item for item in known if item.document.id != draft.document.id))
    findings = (
        *year_findings(draft),
        *date_findings(draft, others, (against.document, *documents)),
        *law_number_findings(draft, others),
        *reference_findings(draft, against, comparison),
        *term_findings(draft, others),
        *numbering_findings(draft),
        *fragment_findings(draft),
        *figure_findings(draft, against, others, comparison),
        *coverage_findings(draft, against, comparison),
    )
    return CheckReport(
        document_title(draft.document),
        document_title(against.document),
        in_order(findings),
        tuple(_notes(draft, against, findings)),
        time.perf_counter() - began,
    )


def _notes(
    draft: ParsedDocument, against: ParsedDocument, findings: Sequence[Finding]
) -> list[str]:
    own, other = draft.document.fiscal_year, against.document.fiscal_year
    notes: list[str] = []
    if own is None:
        notes.append(
            "案の年度が読み取れないため、年度と閣議決定日は点検していません。"
            "`--year` で年度を指定してください。"
        )
    elif other is not None and own != other:
        notes.append(
            f"{own}の案を{document_name(against.document)}に照らしています。"
            f"{own}の基本方針が手元にあれば、取り込んで照らしてください。"
        )
    cited = {item.date.isoformat() for item in decisions(draft) if "基本方針" in item.title[-4:]}
    decided = against.document.decided_on
    if cited and decided and decided not in cited:
        notes.append("案が引いている基本方針は、照らした基本方針と閣議決定日が違います。")
    if any(
        finding.kind is FindingKind.NUMBERING and finding.severity is not Severity.NOTE
        for finding in findings
    ):
        notes.append(
            "番号の乱れのために条項の区切りを取り違えることがあります。"
            "番号を直してから、もう一度点検してください。"
        )
    return notes
