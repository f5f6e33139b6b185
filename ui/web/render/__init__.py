"""Typed objects as escaped HTML: pure functions, no Gradio."""
