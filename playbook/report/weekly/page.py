"""The week as one page: five lines first, then what the meeting needs, then how every metric is defined."""

from __future__ import annotations

from collections.abc import Iterator

from playbook import faces, i18n, paths, texts
from playbook.display import Section, Table
from playbook.i18n import t, tn
from playbook.questions.week.face import off_plan, off_usual
from playbook.report import looks
from playbook.report.weekly import Sheet


def html(sheet: Sheet) -> str:
    """The page."""
    face = sheet.review.face()
    return looks.page(
        "weekly",
        sheet=sheet,
        footer=" · ".join(filter(None, (sheet.title, sheet.firm))),
        state=state(sheet),
        lines=list(five(sheet)),
        notes=face.notes,
        sections=[faces.section(one, level=2) for one in shown(sheet)],
        definitions=faces.section(definitions(sheet), level=2),
        facts=[
            (t("report", "Period"), f"{sheet.label}, {sheet.period}"),
            (t("report", "Formulas"), t("report", "Playbook, version {version}", version=paths.VERSION)),
        ],
        words={"main": t("report", "The main points"), "sources": t("report", "Where the numbers come from")},
    )


def five(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What a reader with one minute takes away: a word and a sentence."""
    face, asked = sheet.review.face(), sheet.review.asked
    yield f"{face.verdict.word}.", face.verdict.say
    yield t("report", "Against the plan."), _plans(sheet)
    yield t("report", "Signals."), _signals(sheet)
    done = sum(item.done for item in asked.previous)
    last = (
        t("report", "{done} of {all} were carried out.", done=i18n.number(done), all=i18n.number(len(asked.previous)))
        if asked.previous
        else t("report", "No decisions of an earlier week.")
    )
    yield t("report", "Last week's decisions."), last
    names = "; ".join(item.what for item in asked.decisions[:2])
    yield (
        t("report", "Decided."),
        tn("report", "{n} decision: {names}.", "{n} decisions: {names}.", len(asked.decisions), names=names)
        if asked.decisions
        else t("report", "Nothing yet."),
    )


def _plans(sheet: Sheet) -> str:
    judged = [row for row in sheet.review.asked.metrics if row.met is not None]
    if not judged:
        return t("report", "No metric has both a plan and a value.")
    kept = sum(row.met is True for row in judged)
    said = t("report", "{kept} of {all} metrics keep it.", kept=i18n.number(kept), all=i18n.number(len(judged)))
    names = off_plan(judged)
    return f"{said} {t('report', 'Not kept: {names}.', names=names)}" if names else said


def _signals(sheet: Sheet) -> str:
    if names := off_usual(sheet.review.asked.metrics):
        return t("report", "Out of the usual: {names}.", names=names)
    if any(swing.change == "routine" for swing in sheet.review.swings):
        return t("report", "None: what moved, moved as it always does.")
    return t("report", "Too few weeks to tell a signal from routine.")


def definitions(sheet: Sheet) -> Table:
    """How each metric of the week is counted: by the data where its value is out of them."""
    known = texts.by_id("metrics.toml", "metrics")
    rows = []
    for row in sheet.review.asked.metrics:
        found, entry = row.known, known.get(row.known.id, {})
        told = row.definition or str(entry.get("definition", t("report", "A metric of our own.")))
        rows.append((found.name, told, str(row.source or entry.get("source", "—"))))
    columns = (t("report", "Metric"), t("report", "Definition"), t("report", "Where from"))
    return Table(t("report", "Definitions"), columns, tuple(rows))


def shown(sheet: Sheet) -> tuple[Section, ...]:
    """The sections that say anything on paper."""
    return tuple(one for one in sheet.review.face().sections if (one.rows if isinstance(one, Table) else one.items))


def state(sheet: Sheet) -> str:
    """Whether the week is closed, and since when."""
    if sheet.closed:
        return t("report", "Closed on {day}", day=i18n.date(sheet.closed))
    return t("report", "Not closed yet")
