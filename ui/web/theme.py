"""Looks: a calm navy on white, the system's own Japanese fonts, nothing fetched."""

from __future__ import annotations

import gradio as gr

FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "Yu Gothic UI",
    "Yu Gothic",
    "Meiryo",
    "sans-serif",
)

_NAVY = gr.themes.Color(
    name="navy",
    c50="#eef3fa",
    c100="#dbe6f4",
    c200="#b9cde8",
    c300="#8dadd7",
    c400="#5d87c0",
    c500="#3866a6",
    c600="#27528f",
    c700="#1f4378",
    c800="#1a3661",
    c900="#152b4d",
    c950="#0e1d35",
)


def theme() -> gr.themes.Base:
    """The Gradio theme; the rest is in assets/app.css."""
    return gr.themes.Base(
        primary_hue=_NAVY,
        secondary_hue=_NAVY,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_sm,
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "monospace"),
    ).set(
        body_background_fill="#ffffff",
        body_background_fill_dark="#11161f",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_500",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        input_background_fill="#ffffff",
        input_border_color="#8a94a6",
        input_border_color_dark="#5b667a",
        input_border_width="1px",
        input_border_color_focus="*primary_600",
    )
