"""Evidence to answers: extractive composer, citation checker. Imports `kb` and `retrieval`."""
