"""What happens on a click: values of the page in, escaped HTML out. Knows no Gradio."""
