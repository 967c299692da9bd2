"""Scripts that print every figure of the documents."""
