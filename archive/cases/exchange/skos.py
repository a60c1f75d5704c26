"""Thesauri as SKOS in Turtle (https://www.w3.org/TR/skos-reference/): a concept scheme to a vocabulary.

Codes are notations; what is out of use is `owl:deprecated`, what a term was merged into `dct:isReplacedBy`. Notations
of other schemes become names under `urn:tamarisk:scheme:`. Turtle alone is read: it has nothing that would be fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from archive import importers
from archive.cases.thesaurus_csv import MATCHES
from archive.cases.vocabularies import Label, Mapping, Term
from archive.errors import InvalidValue

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

LONGEST = 32 << 20
OURS, THEIRS = "urn:tamarisk:vocabulary:", "urn:tamarisk:scheme:"
FOREIGN = "uri"
"""The scheme of concepts that are known by their address alone."""
PROPERTIES = {"preferred": "prefLabel", "other": "altLabel", "definition": "definition"}


def write(vocabulary: str, terms: Iterable[Term]) -> str:
    """Terms of one vocabulary as Turtle. Raises InvalidValue for a label whose language is no tag, and
    EditorNeeded."""
    importers.require()
    from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef

    graph = Graph()
    scheme = URIRef(OURS + quote(vocabulary, safe=""))
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for term in terms:
        concept = _concept(vocabulary, term.code)
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, scheme))
        graph.add((concept, SKOS.notation, Literal(term.code)))
        if term.broader:
            graph.add((concept, SKOS.broader, _concept(vocabulary, term.broader)))
        else:
            graph.add((concept, SKOS.topConceptOf, scheme))
        if term.status != "current":
            graph.add((concept, OWL.deprecated, Literal(True)))
        if term.replaced_by:
            graph.add((concept, DCTERMS.isReplacedBy, _concept(vocabulary, term.replaced_by)))
        for label in term.labels:
            try:
                literal = Literal(label.text, lang=label.language)
            except ValueError as error:
                raise InvalidValue(field="language", value=label.language, why="not a BCP 47 language tag") from error
            graph.add((concept, SKOS[PROPERTIES[label.role]], literal))
        for mapping in term.mappings:
            foreign = mapping.scheme == FOREIGN
            name = mapping.notation if foreign else THEIRS + ":".join(_quoted(mapping.scheme, mapping.notation))
            graph.add((concept, SKOS[f"{mapping.match}Match"], URIRef(name)))
    return graph.serialize(format="turtle")


def read(vocabulary: str, text: str) -> tuple[Term, ...]:
    """The terms in a Turtle text, broader ones first. Labels without a language are taken for English; a second
    broader concept becomes a mapping. Raises InvalidValue for what is no Turtle, or holds no concept, and
    EditorNeeded."""
    importers.require()
    from rdflib import RDF, SKOS, Graph

    if len(text) > LONGEST:
        raise InvalidValue(field="skos", value="", why=f"longer than {LONGEST} characters")
    graph = Graph()
    try:
        graph.parse(data=text.encode(), format="turtle")
    except Exception as error:
        # the parser raises whatever it trips over, down to RecursionError and UnicodeDecodeError
        raise InvalidValue(field="skos", value="", why=f"not Turtle: {str(error)[:200]}") from error
    concepts = sorted({*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel, None)}, key=str)
    codes: dict[Node, str] = {concept: _code(graph, concept) for concept in concepts}
    if not codes or len(set(codes.values())) < len(codes):
        raise InvalidValue(field="skos", value="", why="two concepts of one notation" if codes else "no concept in it")
    found = {code: _term(vocabulary, graph, concept, codes) for concept, code in codes.items()}
    return tuple(_broader_first(found))


def _broader_first(found: dict[str, Term]) -> Iterator[Term]:
    done: set[str] = set()
    for code in sorted(found):
        line = []
        while code and code not in done:
            done.add(code)
            line.append(found[code])
            code = found[code].broader
        yield from reversed(line)


def _term(vocabulary: str, graph: Graph, concept: Node, codes: dict[Node, str]) -> Term:
    from rdflib import DCTERMS, OWL, SKOS, Literal, URIRef

    above = {*graph.objects(concept, SKOS.broader), *graph.subjects(SKOS.narrower, concept)} - {concept}
    broader = sorted(codes[one] for one in above if one in codes)
    labels = {
        Label(_tag(text.language or "en"), role, str(text))
        for role, name in PROPERTIES.items()
        for text in graph.objects(concept, SKOS[name])
        if isinstance(text, Literal) and str(text).strip()
    }
    mappings = {Mapping(vocabulary, code, "broad") for code in broader[1:]}
    mappings |= {
        Mapping(*_notation(other), match)
        for match in MATCHES
        for other in graph.objects(concept, SKOS[f"{match}Match"])
        if isinstance(other, URIRef)
    }
    replaced = sorted(codes[one] for one in graph.objects(concept, DCTERMS.isReplacedBy) if one in codes)
    deprecated = any(str(one).lower() in ("true", "1") for one in graph.objects(concept, OWL.deprecated))
    return Term(
        vocabulary,
        codes[concept],
        broader[0] if broader else "",
        "merged" if replaced else "retired" if deprecated else "current",
        replaced[0] if replaced else "",
        tuple(sorted(labels, key=lambda one: (one.language, one.role, one.text))),
        tuple(sorted(mappings, key=lambda one: (one.scheme, one.notation, one.match))),
    )


def _code(graph: Graph, concept: Node) -> str:
    """The notation of a concept, else the end of its address."""
    from rdflib import SKOS

    notations = sorted(str(one) for one in graph.objects(concept, SKOS.notation))
    tail = str(concept).replace("#", "/").replace(":", "/").rstrip("/").rsplit("/", 1)[-1]
    code = notations[0] if notations else unquote(tail)
    if not code.strip():
        raise InvalidValue(field="skos", value=str(concept)[:80], why="a concept without notation")
    return code


def _concept(vocabulary: str, code: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(OURS + ":".join(_quoted(vocabulary, code)))


def _quoted(*parts: str) -> Iterator[str]:
    return (quote(part, safe="") for part in parts)


def _notation(concept: Node) -> tuple[str, str]:
    """The scheme and notation of a concept of another scheme."""
    scheme, found, notation = str(concept).removeprefix(THEIRS).partition(":")
    if str(concept).startswith(THEIRS) and found:
        return unquote(scheme), unquote(notation)
    return FOREIGN, str(concept)


def _tag(tag: str) -> str:
    """A language tag in the usual case: language small, script with a capital, region in capitals."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(_subtag(part) for part in rest)])


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 else part.lower()
