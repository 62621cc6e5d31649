"""Answering questions over the index: understanding, evidence, wording; and the web, API and command line around it."""
