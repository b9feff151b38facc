"""kb: a knowledge base of contested claims, kept in git as RDF and worked from the command line."""

__version__ = "0.1.0"
