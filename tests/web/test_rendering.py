"""What makes pages faster never changes them: words in place, amounts, kept pieces, pages by their key."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from jinja2.exceptions import UndefinedError

from etl.meta.model import Page, Release
from etl.meta.settings import SiteConfig
from etl.meta.view import Alike
from etl.runtime.standing import Standing
from etl.runtime.workers import in_parts, side_by_side
from etl.web.charts.words import Day, Euro
from etl.web.kept import KeptPages
from etl.web.language import money_writer
from etl.web.lineage import Watched
from etl.web.pages.money.money import italian, known_projects
from etl.web.templates import MACROS, REMEMBERED, SiteEnvironment, WordsInPlace

THEME = Path(__file__).parents[2] / "site" / "theme"
TEMPLATES = [
    "{% macro m(a, b=2, c=[]) %}{{ a }}{{ b }}{{ c|length }}{% endmacro %}{{ m('<x>') }}{{ m(1, b=3) }}",
    "{% macro box(t) %}<b>{{ t }}{{ caller() }}</b>{% endmacro %}{% call box('&') %}{{ d.a }}{% endcall %}",
    "{% for k, v in d.items() %}{{ loop.index }}{{ k }}{{ v }}{% endfor %}{{ d.keys() | list }}{{ d.get('a') }}",
    "{{ d.a }}{{ d.missing is defined }}{{ d.values() | list | length }}{{ text.upper() }}{{ text.x is defined }}",
    "{{ e.items is callable }}",
    "{% macro all() %}{{ varargs | length }}{{ kwargs | length }}{% endmacro %}{{ all(1, 2, z=3) }}{{ range(3) }}",
    "{% block b %}{% for x in [1, 2] %}{{ f(x) }}{{ g.f(x) }}{% endfor %}{% endblock %}{{ dict(a=1).a }}",
    "{% macro m(a, b='<i>') %}{{ a }}{{ b }}{% endmacro %}{{ m('<', *['&']) }}{{ m(**{'a': 1}) }}{{ m(f(2)) ~ '<' }}",
    "{% macro m(a, caller=none) %}{{ a }}{{ caller and caller(1) }}{% endmacro %}",
    "{% set t %}<b>{{ text }}</b>{% endset %}{{ t }}{{ (f or g)(3) }}",
    "{% for x in [[1, []]] recursive %}{{ x[0] }}{{ loop(x[1]) }}{% endfor %}{{ 1.50 }}{{ none }}{{ true }}{{ [1] }}",
    "{{ _('<due>') }}{{ f(1) if _('<due>') == '<due>' }}{{ [_('x & y'), _('%')] | join }}{{ _('a' ~ 'b') }}",
    "{% autoescape false %}{{ text }}{% endautoescape %}{{ text }}{{ self.x() }}{% block x %}{{ text }}{% endblock %}",
    "{% set ns = namespace(n=0) %}{% for x in [1,2] %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
    "{{ cycler('a','b').next() }}",
    "{% macro m(a) %}{{ caller(a) }}{% endmacro %}{% for x in '<>' %}{% call(y) m(x)%}{{ y }}{% endcall %}{% endfor %}",
]


class Thing:
    """Something with a method."""

    def f(self, value: int) -> int:
        return value * 7


def environments() -> list[Environment]:
    usual, ours = Environment(autoescape=True), SiteEnvironment(autoescape=True)
    for env in (usual, ours):
        env.globals |= {"_": lambda text: f"{text} & <altro>", "partial": False}
    ours.add_extension(WordsInPlace)
    return [usual, ours]


@pytest.mark.parametrize("source", TEMPLATES)
def test_straight_calls_and_words_in_place_print_the_same(source: str) -> None:
    values = {"d": {"a": 5, "sep": None}, "e": {"items": 4}, "text": "t<", "f": lambda x: x + 1, "g": Thing()}
    # A key named like a method is the method to both.
    usual, ours = (env.from_string(source).render(values) for env in environments())
    assert usual == ours


def test_no_page_looks_up_macros_that_are_made_once() -> None:
    found = {path.relative_to(THEME).as_posix() for path in THEME.rglob("*.*")
             if any(f'import "{name}"' in path.read_text("utf-8") for name in MACROS.values())}
    assert found <= set(MACROS.values())


def test_what_is_remembered_is_what_one_template_prints() -> None:
    found = [(name, path.name) for path in THEME.rglob("*.*") for name in REMEMBERED
             if f"macro {name}(" in path.read_text("utf-8")]
    assert sorted(found) == sorted((name, "macros.html") for name in REMEMBERED)
    env = SiteEnvironment(autoescape=True)
    said = env.from_string("{% macro date(x) %}<b>{{ x }}</b>{% endmacro %}{{ date(x) }}{{ date(x) }}{{ date(x=x) }}")
    assert [said.render(x=x) for x in ("<", 1, "<")] == ["<b>&lt;</b>" * 3, "<b>1</b>" * 3, "<b>&lt;</b>" * 3]


def test_what_is_not_there_is_an_error_for_both() -> None:
    for env in environments():
        with pytest.raises(UndefinedError):
            env.from_string("{{ d.nothing.more }}").render(d={})
        with pytest.raises(TypeError):
            env.from_string("{% macro m() %}{% endmacro %}{{ m(1) }}").render()


def test_amounts_of_the_two_full_languages_do_not_need_babel() -> None:
    amount = Decimal("1514648.44")
    for locale, written in (("it", "1.514.648,44\xa0€"), ("en_GB", "€1,514,648.44")):
        assert money_writer(locale).__name__ == "written"
        assert money_writer(locale)(amount) == written


def test_work_in_parts_comes_back_in_order_and_errors_come_through() -> None:
    assert in_parts(lambda part, parts: (part, parts, os.getpid() == parent), 3) == [
        (part, 3, part == 0) for part in range(3)
    ]
    assert in_parts(lambda _part, _parts: os.getpid() == parent, 1) == [True]

    def fails(part: int, parts: int) -> int:
        return 1 // (parts - 1 - part)

    with pytest.raises(ZeroDivisionError):
        in_parts(fails, 2)
    assert side_by_side(*(partial(abs, -number) for number in range(5))) == [0, 1, 2, 3, 4]


parent = os.getpid()


def test_what_two_sections_share_is_worked_out_once_and_read_by_both() -> None:
    tables: dict[str, list[dict[str, Any]]] = {"projects": [], "funding": [], "project_texts": []}
    release = Watched(Release(tables, {"resources": []}, today=date(2026, 11, 28)), SiteConfig("", {"it": {}}))
    first = known_projects(release, "it")
    release.read_for({"projects"})
    assert known_projects(release, "it") is first
    assert known_projects(release, "en") is not first
    release.read_for({"transparency"})
    assert release.used == {name: {"projects", "transparency"} for name in ("projects", "funding", "project_texts")}


def test_an_amount_of_minus_nothing_is_nothing() -> None:
    amounts = list(map(Decimal, ("-0.0", "0.0", "0", "-1.5")))
    assert list(map(italian, amounts)) == ["0,00", "0,00", "0,00", "-1,50"]
    assert list(map(money_writer("it"), amounts[:3])) == ["0,00\xa0€"] * 3


def page(**context: Any) -> Page:
    return Page("projects/x", "it", "progetti/x/index.html", "project.html", context)


def test_a_key_differs_when_anything_does(tmp_path: Path) -> None:
    def key(made: Page, shared: str = "s", addresses: Any = None) -> str:
        return KeptPages(tmp_path / "c", Standing(), shared, addresses or {}).key(made)

    same = {"a": [1, 2.5, None, "x"], "b": ("y", {"z": True})}
    keys = [key(page(**same)), key(page(**{**same, "a": [1, 2.5, None, "X"]})), key(page(**same), "other"),
            key(page(**same), addresses={"projects/x": {"it": "progetti/x/"}}), key(page()),
            *(key(page(said=[said])) for said in (Euro(Decimal(1)), Euro(Decimal("1.0")), Day("1"), ["Euro", "1"])),
            *(key(page(said=Alike(said))) for said in ([], [{"paid": Decimal(1)}], [{"paid": Decimal("1.0")}]))]
    assert len(set(keys)) == len(keys)
    assert key(page(**same)) == keys[0]
    assert key(page(thing=Thing())) == ""
