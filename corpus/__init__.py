"""Reading annual reports on government information disclosure: bytes in, figures, passages and findings out."""
