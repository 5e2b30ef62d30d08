"""Every sentence in both languages, with the same blanks; numbers, money and dates as each language writes them."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from playbook import i18n, paths
from playbook.i18n import NBSP
from playbook.model import Part, _bare, _literals
from playbook.units import read_day, read_number

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
        found += [cls for cls in below if cls.__module__ != "playbook.model"]
        waiting += below
    return found


def labels(part: type[Part]) -> Iterator[tuple[str, str]]:
    """Label and hint of each field, the labels of its choices, and the titles of the form's groups."""
    context = part.name_of_question
    for name, info in part.model_fields.items():
        label, _, hint = (info.description or name).partition("\n")
        yield context, label.strip().rstrip(".")
        if hint.strip():
            yield context, " ".join(hint.split())
        for value in _literals(_bare(info.annotation)):
            yield context, part.labels.get(value, value)
    for title, _ in getattr(part, "groups", ()):
        yield context, title


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
    ideas = tomllib.loads((PACKAGE / "questions" / "ideas.toml").read_text(encoding="utf-8"))
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


# --- speaking


def test_a_sentence_is_said_in_the_context_language() -> None:
    """The same call speaks English outside the block and Russian inside it."""
    assert i18n.t("rules", "groups of metrics") == "groups of metrics"
    with i18n.speaking("ru"):
        assert i18n.t("rules", "groups of metrics") == "группы показателей"
    assert i18n.language() == "en"


def test_an_unknown_sentence_stays_english() -> None:
    """A text without a translation is shown, not lost."""
    with i18n.speaking("ru"):
        assert i18n.t("nowhere", "Hello {name}", name="Anna") == "Hello Anna"


def test_braces_typed_by_a_person_are_left_alone() -> None:
    """What a person typed is filled in once and never read as a pattern."""
    assert i18n.t("nowhere", "“{name}”", name="{x} {0} {") == "“{x} {0} {”"


def test_an_unknown_language_is_english() -> None:
    """There is no third language."""
    with i18n.speaking("de"):
        assert i18n.language() == "en"


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "1 тест"),
        (2, "2 теста"),
        (5, "5 тестов"),
        (11, "11 тестов"),
        (21, "21 тест"),
        (2.5, "2,5 теста"),
        (0, "0 тестов"),
    ],
)
def test_plural_forms_are_russian(n: float, words: str) -> None:
    """One, few, many, eleven, twenty-one, a fraction and none."""
    i18n._plurals("ru")[("plural test", "{n} test")] = ("{n} тест", "{n} теста", "{n} тестов")
    with i18n.speaking("ru"):
        assert i18n.tn("plural test", "{n} test", "{n} tests", n) == words
    del i18n._plurals("ru")[("plural test", "{n} test")]


@pytest.mark.parametrize(("n", "words"), [(1, "1 lead"), (0, "0 leads"), (1.5, "1.5 leads"), (2, "2 leads")])
def test_plural_forms_are_english(n: float, words: str) -> None:
    """One and everything else."""
    assert i18n.tn("nowhere", "{n} lead", "{n} leads", n) == words


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (6230, "6,230", "6 230"),
        (1234567.5, "1,234,568", "1 234 568"),
        (12.345, "12.3", "12,3"),
        (1.25, "1.3", "1,3"),
        (0.125, "0.13", "0,13"),
        (0.0004, "0.0004", "0,0004"),
        (-0.0, "0", "0"),
        (-3.7, "-3.7", "-3,7"),
    ],
)
def test_numbers_keep_what_matters(value: float, english: str, russian: str) -> None:
    """Thousands and decimals by the language; halves go up; a small number is not nothing; nothing has no minus."""
    assert i18n.number(value) == english
    with i18n.speaking("ru"):
        assert i18n.number(value) == russian.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0.31, "31%", "31 %"),
        (0.0123, "1.2%", "1,2 %"),
        (0, "0%", "0 %"),
        (0.0005, "0.05%", "0,05 %"),
        (0.999, "99.9%", "99,9 %"),
        (1, "100%", "100 %"),
        (1.5, "150%", "150 %"),
    ],
)
def test_shares_are_said_in_per_cent(value: float, english: str, russian: str) -> None:
    """With the sign as each language sets it; a part is never rounded to all or nothing."""
    assert i18n.share(value) == english
    with i18n.speaking("ru"):
        assert i18n.share(value) == russian.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("value", "code", "english", "russian"),
    [
        (6230, "RUB", "₽6,230", "6 230 ₽"),
        (0.5, "USD", "$0.50", "0,50 $"),
        (12.4, "EUR", "€12", "12 €"),
        (-6230, "RUB", "-₽6,230", "-6 230 ₽"),
        (5000, "KZT", "₸5,000", "5 000 ₸"),
        (100, "BYN", "BYN 100", "100 BYN"),
    ],
)
def test_money_stands_where_its_language_puts_it(value: float, code: str, english: str, russian: str) -> None:
    """The sign before the amount in English, behind it in Russian; pennies only below ten."""
    with i18n.speaking("en", code):
        assert i18n.money(value) == english.replace(" ", NBSP)
    with i18n.speaking("ru", code):
        assert i18n.money(value) == russian.replace(" ", NBSP)


def test_dates_are_written_out() -> None:
    """Day, month in its case, year."""
    day = date(2027, 1, 22)
    assert (i18n.date(day), i18n.day_month(day)) == (f"22{NBSP}January 2027", f"22{NBSP}January")
    with i18n.speaking("ru"):
        assert (i18n.date(day), i18n.weekday(day)) == (f"22{NBSP}января 2027", "пятница")
    assert i18n.clock(datetime(2027, 1, 22, 9, 5, tzinfo=UTC)) == "09:05"


@pytest.mark.parametrize(
    ("value", "unit", "english", "russian"),
    [
        (7.5, "month", "7.5 months", "7,5 месяца"),
        (1, "day", "1 day", "1 день"),
        (21, "hour", "21 hours", "21 час"),
        (5, "week", "5 weeks", "5 недель"),
    ],
)
def test_spans_of_time_are_declined(value: float, unit: str, english: str, russian: str) -> None:
    """CLDR knows the plural of a fraction and of twenty-one."""
    assert i18n.quantity(value, unit) == english.replace(" ", NBSP)
    with i18n.speaking("ru"):
        assert i18n.quantity(value, unit) == russian.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("unit", "written"),
    [("money", "$31"), ("share", "3,100%"), ("minutes", "31 minutes"), ("hours", "31 hours"), ("count", "31")],
)
def test_a_value_is_written_by_its_unit(unit: str, written: str) -> None:
    """31 dollars, 31 minutes, 31."""
    with i18n.speaking("en", "USD"):
        assert i18n.measured(31, unit) == written.replace(" ", NBSP)


@given(
    value=st.floats(allow_nan=False, allow_infinity=False),
    lang=st.sampled_from(i18n.LANGUAGES),
    code=st.sampled_from(i18n.CURRENCIES),
)
def test_any_number_can_be_written(value: float, lang: str, code: str) -> None:
    """From the smallest to the largest float nothing raises and no plain space breaks a line."""
    with i18n.speaking(lang, code):
        assert " " not in i18n.number(value) + i18n.money(value)


# --- reading


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,5", 1234.5),
        (f"1{NBSP}234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567,8", 1234567.8),
        ("1,234,567", 1234567),
        ("80 %", 80),
        ("₽6 230", 6230),
        ("6 230 руб.", 6230),
        ("12'345", 12345),
        ("1,5", 1.5),
        ("0,125", 0.125),
        (",5", 0.5),
        ("−5", -5),
        ("≈ 40", 40),
    ],
)
def test_a_persons_number_is_read(typed: str, meant: float) -> None:
    """Marks for thousands and decimals, signs of money and per cent of both languages."""
    assert read_number(typed) == meant


def test_a_comma_before_three_digits_follows_the_language() -> None:
    """1,234 is a thousand and more in English, and one and a bit in Russian."""
    assert read_number("1,234") == 1234
    assert read_number("1,234", decimal_comma=True) == 1.234


@pytest.mark.parametrize(
    "typed",
    ["", "%", "many", "1e5", "1.2.3", "1,23,4", "12 34", "1 2", "--5", "5-", "½", "٣", "10-15", "1,2345.6", "<script>"],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    """Nothing, words, two numbers and broken groups are errors, never a guess."""
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_number(typed)


@given(value=st.integers(-(10**13), 10**13).map(lambda cents: cents / 100), lang=st.sampled_from(i18n.LANGUAGES))
def test_a_written_number_is_read_back(value: float, lang: str) -> None:
    """What the product writes into a field it reads from it again."""
    with i18n.speaking(lang):
        written = i18n.number(value, 2)
    assert read_number(written, decimal_comma=lang == "ru") == value


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No typing raises anything but ValueError, and no text becomes infinite."""
    try:
        assert abs(read_number(text)) < float("inf")
    except ValueError:
        return


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-07", date(2026, 12, 7)),
        (" 07.12.2026 ", date(2026, 12, 7)),
        (datetime(2026, 12, 7, 9, tzinfo=UTC), date(2026, 12, 7)),
    ],
)
def test_a_persons_date_is_read(typed: object, day: date) -> None:
    """As computers write it and as Russians do."""
    assert read_day(typed) == day


@pytest.mark.parametrize("typed", ["2026-13-01", "12/07/2026", "tomorrow", "", 7, None, "0001-01-01"])
def test_what_is_no_date_is_refused(typed: object) -> None:
    """With the reason in the reader's language."""
    with pytest.raises(ValueError, match="write a date as 2026-12-07"):
        read_day(typed)


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
