"""Every sentence in both languages, with the same blanks."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any, get_args

from babel.messages.pofile import read_po

from playbook import docstrings, i18n, paths
from playbook.model import Part, _bare, _literals, _of_list

PACKAGE = paths.package
SOURCES = sorted(path for path in PACKAGE.rglob("*.py"))
PAGES = sorted(
    path for path in PACKAGE.rglob("*") if path.suffix in {".html", ".js", ".svg", ".md"} and "static" not in path.parts
)
FACTS = sorted(path for path in PACKAGE.rglob("*.toml") if "knowledge" not in path.parts)
IN_PAGE = re.compile(r"""\bt\(\s*(["'])(?P<context>[^"']+)\1\s*,\s*(["'])(?P<text>(?:(?!\3).)+)\3""")
QUOTES = re.compile(r"""["'`“”](?![^{}]*})""")

Said = set[tuple[str, str]]


# --- what the product says


def constants(tree: ast.Module) -> dict[str, str]:
    """The module's own names of texts, such as CONTEXT."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def texts_of(node: ast.expr, names: dict[str, str]) -> list[str]:
    """Every text that an argument can be: a literal, one of two, or a name for one; none when it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.Name) and node.id in names:
        return [names[node.id]]
    if isinstance(node, ast.IfExp):
        return [*texts_of(node.body, names), *texts_of(node.orelse, names)]
    return []


def spoken(tree: ast.Module) -> Said:
    """The context and text of every `t` and `tn` whose words stand in the source."""
    names = constants(tree)
    found: Said = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ("t", "tn"):
            found |= {
                (context, text) for context in texts_of(node.args[0], names) for text in texts_of(node.args[1], names)
            }
    return found


def strings(tree: ast.Module) -> set[str]:
    """Every text in a source, as it stands and as a docstring is read: sentences kept in tables count as used."""
    raw = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return raw | {inspect.cleandoc(text) for text in raw}


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


@cache
def literal() -> frozenset[tuple[str, str]]:
    """What the sources and the pages say in so many words."""
    found: Said = set().union(*(spoken(tree) for tree in trees().values()))
    for page in PAGES:
        found |= {(hit["context"], hit["text"]) for hit in IN_PAGE.finditer(page.read_text(encoding="utf-8"))}
    return frozenset(found)


def questions() -> list[type[Part]]:
    """Every question, document and row of the product."""
    for path in (path for room in ("questions", "documents") for path in sorted((PACKAGE / room).rglob("*.py"))):
        import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"))
    found: list[type[Part]] = []
    waiting: list[type[Part]] = [Part]
    while waiting:
        below = [cls for cls in waiting.pop().__subclasses__() if cls.__module__.startswith("playbook.")]
        found += [cls for cls in below if cls.__module__ not in ("playbook.model", "playbook.whatif")]
        waiting += below
    return found


def labels(part: type[Part]) -> Iterator[tuple[str, str]]:
    """Label and hint of each field, the labels of its choices, and the titles of the form's groups."""
    context = part.name_of_question
    for name, info in part.model_fields.items():
        label, _, hint = docstrings.of(part).get(name, name).partition("\n")
        yield context, label.strip().rstrip(".")
        if hint.strip():
            yield context, " ".join(hint.split())
        for value in () if part.value_names(name) else _literals(_of_list(_bare(info.annotation))):
            yield context, part.labels.get(value, value)
    for title, _ in getattr(part, "groups", ()):
        yield context, title


def test_labels_are_those_of_the_whole_source() -> None:
    """They are read without the bodies of functions, and nothing is lost by that."""
    rooms = {part.__module__ for part in questions()}
    assert len(rooms) > 50
    for room in rooms:
        quick, whole = (docstrings._written(room, inside_functions=inside) for inside in (False, True))
        assert quick == whole, room


@cache
def fielded() -> frozenset[tuple[str, str]]:
    return frozenset(pair for part in questions() for pair in labels(part))


def facts() -> set[str]:
    """Every text in the tables of facts beside the code."""
    found: set[str] = set()
    for path in FACTS:
        waiting: list[Any] = [tomllib.loads(path.read_text(encoding="utf-8"))]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                found.add(item)
            elif isinstance(item, dict | list):
                waiting += item.values() if isinstance(item, dict) else item
    return found


def rules_said() -> Said:
    """The words of the rules of thumb and of the questions of PXL, kept in tables beside the code."""
    rules = tomllib.loads((PACKAGE / "rules.toml").read_text(encoding="utf-8"))
    said = {("rules", rule[key]) for rule in rules.values() for key in ("label", "one", "phrase") if rule.get(key)}
    ideas = tomllib.loads((PACKAGE / "questions" / "ideas" / "scoring.toml").read_text(encoding="utf-8"))
    return said | {("ideas", item["question"]) for item in ideas["pxl"]["questions"]}


# --- what the Russian catalogues hold


def entries() -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """File, context, the English texts and the Russian ones of every entry."""
    found = []
    for path in sorted((PACKAGE / "locale" / "ru").rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="ru"):
                if message.id:
                    english = message.id if isinstance(message.id, list | tuple) else (message.id,)
                    russian = message.string if isinstance(message.string, list | tuple) else (message.string,)
                    found.append((path.name, message.context or "", tuple(english), tuple(russian)))
    return found


def blanks(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_scan_reads_calls_of_every_shape() -> None:
    """A context by name, a choice of two texts, a plural and a call inside an f-string are all found."""
    source = (
        'C = "x"\nt(C, "one")\ni18n.t("y", "two" if a else "three")\nf"{tn(C, "four", "fours", 2)}"\nt(C, computed)'
    )
    if not hasattr(ast, "TypeAlias"):  # before 3.12 an f-string cannot hold its own quotes
        source = source.replace('f"{', "f'{").replace('2)}"', "2)}'")
    assert spoken(ast.parse(source)) == {("x", "one"), ("y", "two"), ("y", "three"), ("x", "four")}


def test_the_scan_reads_pages_too() -> None:
    """A call in a template is found with either quotes."""
    found = [
        (hit["context"], hit["text"]) for hit in IN_PAGE.finditer("""{{ t("app", "it's") }} {{t('app', 'b "c"')}}""")
    ]
    assert found == [("app", "it's"), ("app", 'b "c"')]


def test_the_scan_is_not_empty() -> None:
    """Hundreds of sentences, fields and entries are under it."""
    assert len(literal()) > 300
    assert len(fielded()) > 100
    assert len(entries()) > 500


def test_every_sentence_has_its_russian() -> None:
    """No `t` or `tn` falls back to English on a Russian page."""
    assert not sorted(pair for pair in literal() if not i18n.translated(*pair, "ru"))


def test_every_field_has_its_russian() -> None:
    """Labels, hints, choices and titles of groups are all in the catalogue."""
    assert not sorted(pair for pair in fielded() if not i18n.translated(*pair, "ru"))


def test_every_rule_and_pxl_question_has_its_russian() -> None:
    """The words kept in tables beside the code are translated too."""
    assert len(rules_said()) > 100
    assert not sorted(pair for pair in rules_said() if not i18n.translated(*pair, "ru"))


def test_every_field_belongs_to_a_question() -> None:
    """A row without `name_of_question` would look for its labels in no context."""
    assert not [part.__qualname__ for part in questions() if not part.name_of_question]


def test_no_translation_is_dead() -> None:
    """Every entry of a catalogue is still said somewhere."""
    said = literal() | fielded() | rules_said()
    loose = set().union(*(strings(tree) for tree in trees().values()), facts())
    dead = [
        (name, context, english[0])
        for name, context, english, _ in entries()
        if (context, english[0]) not in said | {(context, text) for text in loose & set(english)}
    ]
    assert not dead


def test_no_entry_stands_twice() -> None:
    """One text in one context has one translation, in one file."""
    seen: dict[tuple[str, str], str] = {}
    for name, context, english, _ in entries():
        assert (context, english[0]) not in seen, (name, seen.get((context, english[0])), english[0])
        seen[context, english[0]] = name


def test_both_languages_fill_the_same_blanks() -> None:
    """{names} in braces are the same in a text and in each of its translations."""
    assert not [
        (name, english[-1], text)
        for name, _, english, russian in entries()
        for text in russian
        if text and blanks(text) != blanks(english[-1])
    ]


def test_russian_plurals_have_three_forms() -> None:
    """1 заявка, 2 заявки, 5 заявок."""
    assert not [
        (name, english)
        for name, _, english, russian in entries()
        if len(english) > 1 and len([form for form in russian if form]) != 3
    ]


def test_russian_has_its_own_quotes() -> None:
    """«Ёлочки» and nothing else, and nobody is shouted at."""
    assert not [
        (name, text)
        for name, _, _, russian in entries()
        for text in russian
        if QUOTES.search(text or "") or "!" in (text or "")
    ]


def test_russian_knowledge_has_its_own_quotes() -> None:
    """The long texts keep the same rule."""
    assert not [
        (path.name, text)
        for path in sorted((PACKAGE / "knowledge" / "ru").glob("*.toml"))
        for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")))
        if QUOTES.search(text)
    ]


def _texts(item: Any) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict | list):
        for inner in item.values() if isinstance(item, dict) else item:
            yield from _texts(inner)


def test_literals_of_a_choice_are_seen() -> None:
    """The scan of fields looks at the choices of a literal, or none of its labels would be checked."""
    choices = {
        value
        for part in questions()
        for info in part.model_fields.values()
        for value in _literals(_bare(info.annotation))
    }
    assert {"rice", "backlog", "worked", "local"} <= choices
    assert get_args(int) == ()
