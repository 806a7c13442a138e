"""The release as graphs, in the vocabularies of others. This module, coverage, naming and score do without rdflib."""

EU = "http://publications.europa.eu/resource/authority/"
MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
"""Where the lists of codes are that the catalogue uses."""
