"""The services as CPSV-AP 3.2: what public services there are, who answers for them, where they are given."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS

from etl.exports.rdf import EU
from etl.exports.rdf.bodies import Names, languages
from etl.exports.rdf.vocabularies import CPSV, CV, SUBJECTS, concept, kind, new_graph, plain, say
from etl.meta.model import LANGUAGES, Release
from etl.meta.settings import SiteConfig
from etl.meta.view import Row, by_key, grouped, meaning, parts, rows
from etl.meta.words import slug

# Who the words of the sheets are for -> the property that holds them, its class and the part of the address.
PARTS = {
    "what_you_get": (CPSV.produces, CV.Output, "risultato"),
    "documents": (CPSV.hasInput, CV.Evidence, "documenti"),
    "requirements": (CV.holdsRequirement, CV.Requirement, "requisiti"),
}


def services(release: Release, config: SiteConfig) -> Graph:
    """The graph of all services; those of a body that we know under its name."""
    graph, names = new_graph(), Names(config.site_url, config.folders["data"])
    words = grouped(rows(release, "service_texts"), "service_id")
    given = grouped(rows(release, "desk_services"), "service_id")
    desks = by_key(rows(release, "desks"), "desk_id")
    rules = grouped(rows(release, "conditions"), "service_id")
    said = grouped(rows(release, "condition_texts"), "condition_id")
    city = kind(graph, URIRef(f"{EU}place/{config.catalogue['place']}"), DCTERMS.Location)
    for desk in desks.values():
        channel(graph, config, desk)
    for row in rows(release, "services"):
        node = service(graph, config, row, words.get(row["service_id"], []), city)
        for rule in rules.get(row["service_id"], []):
            criterion(graph, node, rule, said.get(rule["condition_id"], []))
        say(graph, node, (CV.hasCompetentAuthority, authority(graph, names, config, row["office"], city)),
            *((CV.hasChannel, channel_of(config, item["desk_id"])) for item in given.get(row["service_id"], [])
              if item["desk_id"] in desks),
            *((DCTERMS.audience, audience(graph, config, code, meaning(release, "services", "audiences", code, "it")))
              for code in parts(row["audiences"])))
    return graph


def service(graph: Graph, config: SiteConfig, row: Row, words: Iterable[Row], city: URIRef) -> URIRef:
    """One service with its words in the two full languages."""
    node = kind(graph, URIRef(f"{config.page('services', row['service_id'])}#servizio"), CPSV.PublicService)
    say(graph, node, (DCTERMS.identifier, plain(row["service_id"])), (DCTERMS.spatial, city),
        (CV.thematicArea, concept(graph, *SUBJECTS["SOCI"])), *((DCTERMS.language, item) for item in languages(graph)),
        (DCAT.landingPage, kind(graph, URIRef(config.page("services", row["service_id"])), FOAF.Document)))
    for text in words:
        language = text["language"]
        if language not in LANGUAGES:
            continue
        graph.add((node, DCTERMS.title, Literal(text["title"], lang=language)))
        graph.add((node, DCTERMS.description, Literal(text["summary"], lang=language)))
        for column, (name, of, place) in PARTS.items():
            if text[column]:
                part = kind(graph, URIRef(f"{node.removesuffix('servizio')}{place}"), of)
                graph.add((node, name, part))
                graph.add((part, DCTERMS.title, Literal(text[column], lang=language)))
                graph.add((part, DCTERMS.identifier, plain(f"{row['service_id']}-{place}")))
    return node


def criterion(graph: Graph, service: URIRef, rule: Row, words: Iterable[Row]) -> None:
    """A condition as a requirement of its service, of the kind that parts who may ask from who may not (CCCEV)."""
    node = kind(graph, URIRef(f"{service.removesuffix('servizio')}condizione-{rule['condition_id']}"),
                CV.Requirement, CV.Criterion)
    say(graph, service, (CV.holdsRequirement, node))
    say(graph, node, (DCTERMS.identifier, plain(rule["condition_id"])), (DCTERMS.source, URIRef(rule["source_url"])))
    for text in words:
        if text["language"] in LANGUAGES:
            graph.add((node, DCTERMS.title, Literal(text["text"], lang=text["language"])))


def authority(graph: Graph, names: Names, config: SiteConfig, office: str | None, city: URIRef) -> URIRef:
    """Who answers for a service: the office that its sheet names, else the owner of the site."""
    said = office or config.owner["name"]["it"]
    node = names.body if office is None else URIRef(f"{config.page('services')}#ufficio-{slug(office)}")
    kind(graph, node, CV.PublicOrganisation, FOAF.Agent)
    identifier = config.catalogue["ipa"] if office is None else slug(office)
    return say(graph, node, (DCTERMS.identifier, plain(identifier)), (DCTERMS.title, said), (SKOS.prefLabel, said),
               (DCTERMS.spatial, city))


def channel_of(config: SiteConfig, desk: str) -> URIRef:
    return URIRef(f"{config.page('desks', desk)}#sportello")


def channel(graph: Graph, config: SiteConfig, desk: Row) -> None:
    """A desk as a way to a service, with its telephone and mail where they are known."""
    node = kind(graph, channel_of(config, desk["desk_id"]), CV.Channel)
    kinds = URIRef("https://w3id.org/italia/controlled-vocabulary/classifications-for-public-services/channel/0111")
    say(graph, node, (DCTERMS.identifier, plain(desk["desk_id"])), (DCTERMS.title, desk["name"]),
        (DCTERMS.type, concept(graph, kinds, "sportello fisico di una pubblica amministrazione")))
    if desk["phone"] or desk["email"]:
        contact = kind(graph, URIRef(f"{node.removesuffix('sportello')}contatto"), CV.ContactPoint)
        say(graph, node, (CV.contactPoint, contact))
        say(graph, contact, *((CV.telephone, plain(number)) for number in parts(desk["phone"])),
            *((CV.email, plain(box)) for box in parts(desk["email"])))


def audience(graph: Graph, config: SiteConfig, code: str, label: str) -> URIRef:
    return concept(graph, URIRef(f"{config.page('audiences')}#{code}"), label)
