"""A web server's folder after an erasure: no release says the value, and none that does is ever pointed to again."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.erasing import FIRST, miniature, publish, write
from support.publications import home, make_site
from support.unpacked import files_that_say

from etl.commands import publish as publishing
from etl.commands.erase import erased
from etl.commands.rollback import rollback
from etl.meta.errors import PublishError
from etl.releases.erase_plan import JOURNAL, Asked
from etl.releases.server import releases
from etl.runtime.receipt import read_receipt, write_receipt

pytestmark = pytest.mark.slow
HEAD = "erasure_id,dataset,key,field\n"


def site(folder: Path, number: int, *ids: str, text: str = "") -> Path:
    """A finished site that knows some erasures and says a text."""
    made = make_site(folder / f"site{number}", number)
    (made / "dati").mkdir()
    (made / "dati/erasures.csv").write_text(HEAD + "".join(f"{name},places,a,host\n" for name in ids), "utf-8")
    (made / "page.html").write_text(text, "utf-8")
    write_receipt(made, {"date": f"2026-11-{number:02}", "release": f"r{number}"})
    return made


def test_a_publication_removes_what_says_what_was_erased(tmp_path: Path) -> None:
    to = tmp_path / "public"
    for number in (1, 2):
        publishing.publish(site(tmp_path, number, text="Zanzottera"), to)
    publishing.publish(site(tmp_path, 3, "e1"), to)
    assert (home(to), len(releases(to))) == ("home 3", 1)
    assert files_that_say(to, "zanzottera") == []
    with pytest.raises(PublishError, match="no release before"):
        rollback(to)
    publishing.publish(site(tmp_path, 4, "e1"), to)
    assert rollback(to).startswith("000003-")


def test_assets_that_say_what_was_erased_are_not_carried_into_the_release_after_it(tmp_path: Path) -> None:
    to = tmp_path / "public"
    made = site(tmp_path, 1)
    (made / "assets" / "fragment_1.json").write_text("Zanzottera", "utf-8")
    write_receipt(made, {"date": "2026-11-01", "release": "r1"})
    publishing.publish(made, to)
    publishing.publish(site(tmp_path, 2), to)
    assert len(files_that_say(to, "zanzottera")) == 2, "an asset is there for pages that were loaded before"
    publishing.publish(site(tmp_path, 3, "e1"), to)
    assert files_that_say(to, "zanzottera") == []
    publishing.publish(site(tmp_path, 4, "e1"), to)
    assert len((read_receipt(to / "current") or {})["carried"]) == 1, "assets of after the erasure are carried again"


def test_a_rollback_never_goes_behind_an_erasure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = tmp_path / "public"
    publishing.publish(site(tmp_path, 1, text="Zanzottera"), to)
    monkeypatch.setattr(publishing.server, "prune", lambda *_: None)  # as when it was killed before it came so far
    publishing.publish(site(tmp_path, 2, "e1"), to)
    with pytest.raises(PublishError, match="erased for a legal reason"):
        rollback(to)
    assert home(to) == "home 2"


def test_a_site_made_before_an_erasure_is_not_published_over_one_made_after(tmp_path: Path) -> None:
    to = tmp_path / "public"
    publishing.publish(site(tmp_path, 1, "e1"), to)
    with pytest.raises(PublishError, match="made before that erasure"):
        publishing.publish(site(tmp_path, 2, text="Zanzottera"), to)
    assert home(to) == "home 1"


def test_an_erasure_cleans_a_servers_folder_as_soon_as_another_site_is_served(tmp_path: Path) -> None:
    place, to = miniature(tmp_path / "city"), tmp_path / "public"
    write(place, "places", FIRST)
    publish(place, "2026-01-01")
    for number in (1, 2):
        publishing.publish(site(tmp_path, number, text=FIRST[0][3]), to)
    asked = Asked("places", "a", "host", "2026-01-03", "Richiesta, art. 17.", "", "https://a.it")
    with pytest.raises(PublishError, match="site that is served says it still"):
        erased(place, asked, to)
    assert (home(to), len(releases(to))) == ("home 2", 1)
    (to / "kept.html").write_text(FIRST[0][3].upper(), "utf-8")
    publishing.publish(site(tmp_path, 3, "places-2026-01-03-1"), to)
    with pytest.raises(PublishError, match=r"1 file lo dicono ancora.*kept\.html"):
        erased(place, asked, to)
    (to / "kept.html").unlink()
    plan, _ = erased(place, asked, to)
    assert plan is not None
    assert not (place / JOURNAL).exists()
    assert files_that_say(to, "citofono") == []
