"""What measures are called in Japanese, and which of them are better when lower."""

from __future__ import annotations

NAMES = {
    "questions": "質問数",
    "hit@1": "1位的中率",
    "hit@5": "5位以内的中率",
    "recall@10": "10位以内再現率",
    "MRR": "平均逆順位",
    "nDCG@10": "nDCG@10",
    "citation_precision": "引用の適合率",
    "citation_recall": "引用の再現率",
    "citation_f1": "引用のF1",
    "quote_exactness": "引用文の一致率",
    "hallucinated_ids": "存在しない箇所の引用率",
    "absent_in_violations": "規定のない資料の引用率",
    "completeness": "複数資料の網羅率",
    "claim_support": "主張の裏付け率",
    "number_accuracy": "数値の正確さ",
    "facts": "要点の充足率",
    "abstention_precision": "回答を控えた判断の適合率",
    "abstention_recall": "回答を控えた判断の再現率",
}

LOWER_IS_BETTER = frozenset({"hallucinated_ids", "absent_in_violations"})


def japanese(measure: str) -> str:
    """The Japanese name of a measure; the key itself where there is none."""
    prefix, _, name = measure.rpartition("/")
    known = NAMES.get(name, name)
    return {"partial": f"{known}（一部回答）", "variant_loss": f"言い換えでの低下: {known}"}.get(
        prefix, known
    )
