"""Read and write drafts: annotations that quote their passages."""
