"""What can I ask for: the conditions of all services against a few answers.

The main paths are pages of their own, which need no script; on the first one site/assets/checker.js asks the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from etl.domain.conditions import (
    AVAILABLE,
    CHOICES,
    NEEDS,
    Answers,
    Band,
    Outcome,
    askable,
    bands,
    concerns,
    deciding,
    edges,
    evaluate,
)
from etl.meta.model import Page, Release
from etl.meta.view import Row, parts
from etl.meta.words import say
from etl.web.kinds import N_, Kind
from etl.web.lineage import Watched, once
from etl.web.pages.services.notices import notices_of
from etl.web.pages.services.view import conditions, known_services

Entry = dict[str, Any]
Answer = frozenset[str] | Band
ISEE = "isee_eur"
EDGES = 3
"""Limits of ISEE that pages without a script ask about: from the one that most services share up."""
EVICTION, LOST, CALM = frozenset({"notice", "order"}), frozenset({"unfit", "repossessed"}), frozenset({"none"})
TROUBLES: Mapping[str, Mapping[str, Answer]] = {
    "rented": {"calm": CALM, "arrears": frozenset({"arrears"}), "eviction": EVICTION, "lost": LOST},
    "none": {"lost": LOST | {"left"}, "calm": CALM},
}
"""What happens, as pages without a script ask it of people in a home, and what that may be."""
FOLDERS = {
    "rented": {"it": "in-affitto", "en": "rented"}, "public": {"it": "casa-popolare", "en": "public-housing"},
    "none": {"it": "cerco-casa", "en": "looking-for-a-home"}, "owned": {"it": "casa-mia", "en": "own-home"},
    "lets": {"it": "do-in-affitto", "en": "renting-out"}, "arrears": {"it": "in-ritardo", "en": "behind-with-rent"},
    "eviction": {"it": "sfratto", "en": "eviction"}, "lost": {"it": "casa-persa", "en": "home-lost"},
    "calm": {"it": "niente-di-questo", "en": "none-of-these"},
}
"""Answer -> its part of the address; a band of ISEE has its limits."""


def pages(kind: Kind, release: Watched, language: str) -> list[Page]:
    """The first page, with all questions for the script."""
    services = known(release, language)
    every = [{**service, "said": [(rule, "unknown") for rule in service["rules"]]} for service in services]
    return [kind.page(language, options={home: home for home in CHOICES["home"]}, every=every,
                      questions=questions(services), machine=[machine(service) for service in services])]


def paths(kind: Kind, release: Watched, language: str) -> list[Page]:
    """A page for each answer of the main paths."""
    services = known(release, language)
    return [page for home in CHOICES["home"] for page in below(
        kind, services, language, home, say(FOLDERS[home], language), {"home": frozenset({home})})]


@once
def known(release: Release, language: str) -> list[Entry]:
    """The services with their rules and notices. `state` is their status, but of one that only opens with a notice and
    has none that counts: that is none that may be offered."""
    rules, dated = conditions(release, language), "notices" in release.records
    found = []
    for service in known_services(release, language):
        notices = notices_of(release, language, service["service_id"])
        shut = dated and service["status"] == "on_call" and all(notice["part"] == "over" for notice in notices)
        found.append({**service, "rules": rules.get(service["service_id"], []), "notices": notices,
                      "state": "announced" if shut else service["status"]})
    return found


def below(kind: Kind, services: list[Entry], language: str, item: str, place: str, answers: Answers) -> Iterable[Page]:
    """The page of some answers, and those of the next question on its path."""
    asked, steps = next_step(services, item, answers)
    yield kind.page(
        language, item, place, asked=asked, known=answers, given=written(answers),
        options={f"{item}/{name}": name if answer == EVICTION else answer for name, answer in steps.items()},
        groups=results(services, answers), need=need_of(answers),
    )
    for name, answer in steps.items():
        part = say(FOLDERS.get(name, {"it": f"isee-{name}"}), language)
        yield from below(kind, services, language, f"{item}/{name}", f"{place}/{part}", {**answers, asked: answer})


def need_of(answers: Answers) -> str | None:
    """The need of whoever answers so, if they have one that has a page."""
    return next((need for need, having in NEEDS.items() if all(
        isinstance(told := answers.get(about), frozenset) and told <= codes for about, codes in having.items())), None)


def next_step(services: list[Entry], item: str, answers: Answers) -> tuple[str, Mapping[str, Answer]]:
    """The next question of a path without a script, and its answers by name; none where it decides nothing."""
    heard = [(service["state"], service["rules"]) for service in services
             if concerns(parts(service["audiences"]), answers)]
    asked = deciding(heard, answers)
    if "trouble" in asked and item in TROUBLES:
        return "trouble", TROUBLES[item]
    if ISEE in answers or ISEE not in asked:
        return "", {}
    shared = Counter(cut for status, rules in heard if status in AVAILABLE for cut in edges(rules, ISEE))
    first = max(shared, key=lambda cut: (shared[cut], cut))
    limits = {cut for status, rules in heard for cut in edges(live(status, rules, answers), ISEE) if cut >= first}
    return ISEE, {named(band): band for band in bands(sorted(limits)[:EDGES])}


def live(status: str, rules: list[Row], answers: Answers) -> list[Row]:
    """The rules of a service that may be offered and is a "perhaps" still."""
    open_ = status in AVAILABLE and evaluate(status, rules, answers).verdict == "perhaps"
    return [rule for rule in rules if not rule["old"]] if open_ else []


def results(services: list[Entry], answers: Answers) -> list[tuple[str, list[Entry]]]:
    """(yes, perhaps, stale, no, other; its services, each with what is `said` of its rules). stale: a perhaps that may
    not be offered. other: for another home. First those whose rules speak of what happens to the home."""
    found: dict[str, list[Entry]] = {"yes": [], "perhaps": [], "no": [], "stale": [], "other": []}
    for service in services:
        outcome = evaluate(service["state"], service["rules"], answers)
        unmet = {rule["about"] for rule, state in outcome.states if state == "unmet"}
        other = "home" in unmet or not concerns(parts(service["audiences"]), answers)
        stale = outcome.verdict == "perhaps" and service["state"] not in AVAILABLE
        verdict = "other" if other else "stale" if stale else outcome.verdict
        found[verdict].append({**service, "said": told(outcome)})
    for there in found.values():
        there.sort(key=lambda entry: not any(
            rule["about"] == "trouble" and state != "unmet" for rule, state in entry["said"]))
    return [(name, there) for name, there in found.items() if there]


def told(outcome: Outcome) -> list[tuple[Mapping[str, Any], str]]:
    """Each rule with its state. Those that do not matter are `spare`: of a "no" all that do not make it one, and where
    one of several is enough and met, the others."""
    enough = {rule["any_of"] for rule, state in outcome.states if state == "met" and rule["any_of"]}
    failing = outcome.verdict == "no"
    spare = [(state != "unmet" and failing) or (state != "met" and rule["any_of"] in enough)
             for rule, state in outcome.states]
    return [(rule, "spare" if left else state) for (rule, state), left in zip(outcome.states, spare, strict=True)]


def questions(services: list[Entry]) -> list[tuple[str, list[tuple[str, Answer]]]]:
    """(question, its answers, as the script reads each and as it is) of what services that may be offered ask for."""
    rules = [rule for service in services for rule in service["rules"]
             if service["status"] in AVAILABLE and askable(rule) and not rule["old"]]
    asked = {rule["about"] for rule in rules}
    return [(about, [(value(answer), answer) for answer in answers_to(about, rules)])
            for about in CHOICES if about in asked]


def answers_to(about: str, rules: list[Row]) -> list[Answer]:
    """The answers of a question: its codes, whoever has an eviction and does not know which, the bands of its rules."""
    unsure = [EVICTION] if about == "trouble" else []
    return [*(frozenset({code}) for code in CHOICES[about]), *unsure, *bands(edges(rules, about))]


def machine(service: Entry) -> Row:
    """A service as the script reads it: a rule that nobody can be asked about has no `about`."""
    return {
        "id": service["service_id"], "closed": service["state"] == "closed", "can": service["state"] in AVAILABLE,
        "audiences": parts(service["audiences"]),
        "rules": [{"id": rule["condition_id"], "about": rule["about"] if askable(rule) and not rule["old"] else "",
                   "operator": rule["operator"], "value": rule["value"], "any": rule["any_of"] or rule["condition_id"]}
                  for rule in service["rules"]],
    }


def written(answers: Answers) -> str:
    """Answers as the script takes them over from a page, after the sign # of its address."""
    return urlencode({about: value(answer) for about, answer in answers.items()})


def value(answer: Answer) -> str:
    """An answer as the script reads it: codes with | between them; a band with .. between its ends, each a value and
    whether it is after it (+) or before it (-)."""
    if isinstance(answer, frozenset):
        return "|".join(sorted(answer))
    return "..".join(f"{cut.value:f}" + ("+" if cut.after else "-") if cut else "" for cut in (answer.low, answer.high))


def named(band: Band) -> str:
    """A band as part of an address: 0-16000, 16000-26000, 30000."""
    low = f"{band.low.value:f}" if band.low else "0"
    return f"{low}-{band.high.value:f}" if band.high else low


FOLDER = {"it": "cosa-posso-chiedere", "en": "what-can-i-ask-for"}
KINDS = (
    Kind("checker", FOLDER, N_("Che cosa posso chiedere?"), pages, ("services/checker.html",),
         requires=("services", "conditions"), words=N_("domande su che cosa si può chiedere"), under="services",
         on_the_path=True),
    Kind("answers", FOLDER, N_("Che cosa posso chiedere"), paths, ("services/checker_result.html",),
         requires=("services", "conditions"), words=N_("risposte su che cosa si può chiedere"), under="checker",
         on_the_path=True, listed=False, searched=False),
)
