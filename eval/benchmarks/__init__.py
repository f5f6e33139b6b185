"""Our figures beside those of LlamaIndex's stock pipeline: `python -m eval.benchmarks`."""
