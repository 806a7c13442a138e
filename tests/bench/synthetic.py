"""A release with N invented projects in two languages, made by repeating the shape of the real one.

Codes start with ZZ, which is no city of the programme, and every title says that it is invented.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

WORDS_PER_TEXT = 200
SYLLABLES = "ca sa ab ri lo gi to no me ra de la pi vi ta co mu ne fa se".split()


def words(rng: random.Random, count: int) -> str:
    """A text of `count` invented words in sentences of ten."""
    text = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(count)]
    sentences = [" ".join(text[i : i + 10]).capitalize() + "." for i in range(0, count, 10)]
    return " ".join(sentences)


def make_release(real: Path, folder: Path, count: int) -> None:
    """Write a copy of the release `real` whose projects, texts and funding are `count` invented ones."""
    rng = random.Random(31)  # noqa: S311 - invented words, the same in every run
    folder.mkdir(parents=True)
    contents = {path.name: json.loads(path.read_text("utf-8")) for path in real.glob("*.json")}
    model = {name: contents[f"{name}.json"]["records"][0] for name in ("projects", "project_texts", "funding")}
    made: dict[str, list[dict[str, object]]] = {"projects": [], "project_texts": [], "funding": []}
    for number in range(count):
        code = f"ZZ3.1.1.{number}"
        admitted = round(rng.uniform(50_000, 5_000_000), 2)
        made["projects"].append({**model["projects"], "project_code": code, "city": "Città inventata"})
        made["funding"].append({
            **model["funding"], "project_code": code, "programmed_eur": admitted, "admitted_eur": admitted,
            "committed_eur": round(admitted * 0.9, 2), "paid_eur": round(admitted * rng.random() * 0.9, 2),
        })
        for language in ("it", "en"):
            made["project_texts"].append({
                **model["project_texts"], "project_code": code, "language": language,
                "title": f"Progetto inventato {number}", "summary": words(rng, WORDS_PER_TEXT), "note": None,
            })
    for name in ("milestones", "indicators"):
        for row in contents[f"{name}.json"]["records"]:
            row["project_code"] = None
    for name, rows in made.items():
        contents[f"{name}.json"]["records"] = rows
    for name, content in contents.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
