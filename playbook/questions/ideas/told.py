"""A test in words: its plan, its counts, its verdict before any p-value, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from playbook import rules
from playbook.display import Point, Points, Verdict, apart, people, points, word
from playbook.i18n import day_month, money, quantity, share, t
from playbook.questions.ideas.trial import AGREES, MOST, WEEKS, Trial

CONTEXT = "ideas"
_SHOWN, _TINY = 60, 0.0001


def short(name: str) -> str:
    """A name that fits a sentence, cut between words."""
    if len(name) <= _SHOWN:
        return name
    head = name[: _SHOWN - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,.:;—–") + "…"


def ready(tests: Iterable[Trial]) -> Trial | None:
    """The first test in work that has something to say now: its end has come, or its counts settle it before."""
    running = (test for test in tests if test.state == "running")
    return next((test for test in running if test.due == "over" or _settled(test)), None)


def _settled(test: Trial) -> bool:
    return test.counted and (test.broken or not test.early or test.verdict != "cannot_tell")


def verdict(test: Trial) -> Verdict:
    """What to do with a test whose counts are there or whose end has come."""
    name, end = short(test.name), t(CONTEXT, "Take it into the week’s decisions, and write what you learned.")
    if not test.counted:
        day = day_month(test.ends) if test.ends else "—"
        say = t(CONTEXT, "The end of “{name}” came on {day}: its counts are missing.", name=name, day=day)
        because = t(CONTEXT, "Write how many people were in each group, and how many of them succeeded.")
        return Verdict("wait", t(CONTEXT, "Read the test"), say, because)
    say = t(CONTEXT, "“{name}”: {counts}", name=name, counts=_counts(test))
    if test.broken:
        return Verdict("no", t(CONTEXT, "Do not read it"), say, _split())
    if test.verdict == "ship":
        return Verdict("yes", t(CONTEXT, "Ship it"), say, _reason(test), end)
    if test.verdict == "keep":
        return Verdict("no", t(CONTEXT, "Keep what you have"), say, _reason(test), end)
    return Verdict("wait", word("wait"), say, _reason(test), _instead())


def in_work(tests: Iterable[Trial], heads: dict[int, str]) -> Points | None:
    """The tests in work, each with its plan and what its counts say so far under its head."""
    items = tuple(Point(test.name, said(test), heads.get(test.index, "")) for test in tests if test.state == "running")
    return Points(t(CONTEXT, "Tests in work"), items) if items else None


def decidable(test: Trial) -> bool:
    """Whether a test has a result that no decision was made of yet, or none that was carried out."""
    if not test.counted or (test.decided and test.turned != "not_done"):
        return False
    return test.state == "done" or (test.state == "running" and (test.due == "over" or _settled(test)))


def decided(test: Trial) -> tuple[str, str]:
    """The decision that follows from a test, and why, as the weekly review writes them down."""
    name, outcome = short(test.name), test.outcome or AGREES[test.verdict or "cannot_tell"]
    if test.broken and test.outcome is None:
        return t(CONTEXT, "Find out why people came unevenly to the test “{name}”", name=name), _counts(test)
    what = {
        "shipped": t(CONTEXT, "Ship “{name}” for everyone", name=name),
        "kept": t(CONTEXT, "Keep what there is instead of “{name}”", name=name),
        "cannot_tell": t(CONTEXT, "Leave “{name}” unanswered and test a bigger change", name=name),
    }[outcome]
    return what, f"{_counts(test)} {_reason(test)}"


def warnings(tests: Iterable[Trial]) -> Iterator[str]:
    """What a test lacks, or what contradicts its counts."""
    for test in tests:
        name = short(test.name)
        if test.state == "running":
            yield from _of_running(test, name)
        elif test.counted and test.outcome == "shipped" and test.verdict != "ship":
            yield t(CONTEXT, "“{name}” was shipped, though its counts do not say that it is better.", name=name)
        if test.state == "done" and decidable(test):
            yield _undecided(test, name)
        elif test.outcome == "shipped" and test.turned == "did_not_work":
            yield t(
                CONTEXT, "“{name}” was shipped and did not work: take it back, or test what differs now.", name=name
            )
        if test.state == "done" and test.counted and not test.learned:
            yield t(CONTEXT, "Write what “{name}” taught.", name=name)


def _undecided(test: Trial, name: str) -> str:
    if test.decided:
        return t(
            CONTEXT, "“{name}” was decided and not carried out: take it into the week’s decisions again.", name=name
        )
    return t(CONTEXT, "“{name}” has its result: take it into the week’s decisions.", name=name)


def _of_running(test: Trial, name: str) -> Iterator[str]:
    if test.answerable is False:
        yield t(CONTEXT, "“{name}”: your traffic can never answer it.", name=name)
    elif test.started and test.ends and test.weeks and test.ends < test.started + timedelta(weeks=test.weeks):
        weeks = quantity(test.weeks, "week")
        yield t(CONTEXT, "“{name}” ends before the {weeks} that it takes: it will hardly tell.", name=name, weeks=weeks)
    if test.due == "over" and not test.counted:
        yield t(CONTEXT, "The end of “{name}” has come: write its counts.", name=name)


def said(test: Trial) -> str:
    """What there is to say of a test in work or of one that was read."""
    if test.state == "running":
        return " ".join(_running(test))
    return " ".join(filter(None, (sentence_of(test) if test.counted else "", test.learned)))


def _running(test: Trial) -> Iterator[str]:
    """The counts and their verdict first, then the plan."""
    if test.counted:
        yield sentence_of(test)
    elif test.due == "over":
        yield t(CONTEXT, "Its end has come: write the counts of both groups.")
    if not test.counted or test.early:
        yield _plan(test)


def sentence_of(test: Trial) -> str:
    """Both shares, the verdict, the true difference, and the p-value after it."""
    if test.broken:
        return f"{_counts(test)} {_split()}"
    opens = {
        "ship": t(CONTEXT, "Ship it."),
        "keep": t(CONTEXT, "Keep what you have."),
        "cannot_tell": t(CONTEXT, "Cannot tell yet."),
    }[test.verdict or "cannot_tell"]
    return f"{opens} {_counts(test)} {_reason(test)}"


def _counts(test: Trial) -> str:
    control, variant = shares(test)
    return t(CONTEXT, "The variant brings {variant}, the control {control}.", variant=variant, control=control)


def shares(test: Trial) -> tuple[str, str]:
    """Both shares, told apart where they differ."""
    return apart(test.control or 0.0, test.variant or 0.0, share)


def _reason(test: Trial) -> str:
    """Between what the difference lies, what it is worth, and how often chance alone gives as much."""
    told = [t(CONTEXT, "The true difference lies between {low} and {high} points ({level} interval).", **ends(test))]
    if test.verdict == "ship" and test.worth and test.worth > 0:
        told.append(t(CONTEXT, "It is worth about {money} of gross profit a week.", money=money(test.worth)))
    if test.early:
        told.append(_early(test))
    if test.p_value is not None:
        p = share(test.p_value) if test.p_value >= _TINY else t(CONTEXT, "less than {p}", p=share(_TINY))
        told.append(t(CONTEXT, "By chance alone as much or more comes in {p} of tests (p-value).", p=p))
    return " ".join(told)


def _early(test: Trial) -> str:
    """Why the counts are read as at any look, which asks for more than the one look that was planned."""
    if test.ends is None:
        return t(CONTEXT, "No end was planned, so this reading allows for a look at any time.")
    if test.state == "running":
        return t(CONTEXT, "The planned end has not come; this reading allows for looking early.")
    if test.finished is None:
        return t(CONTEXT, "The day it ended is not written down, so this reading allows for looking early.")
    return t(CONTEXT, "It ended before the planned day; this reading allows for looking early.")


def ends(test: Trial) -> dict[str, str]:
    """Both ends of the true difference, in points, and the level of the interval between them."""
    return {"low": points(test.low or 0.0), "high": points(test.high or 0.0), "level": level()}


def level() -> str:
    """How often such an interval holds the truth."""
    return share(1 - rules.get("test_alpha").number)


def _plan(test: Trial) -> str:
    """How long it takes with this traffic, or that it never will."""
    if test.baseline is None or not test.per_week:
        return t(CONTEXT, "Say what is counted, and the weeks that it takes will stand here.")
    if test.target is None:
        return _without_target(test, people(test.per_week), share(test.baseline))
    if test.weeks is None:
        return t(CONTEXT, "The share you hope for is the present one: there is nothing to see.")
    values = {"come": people(test.per_week), "now": share(test.baseline), "then": share(test.target)}
    weeks = quantity(test.weeks, "week")
    if test.answerable:
        said = t(CONTEXT, "{come} people a week tell {now} from {then} in {weeks}.", weeks=weeks, **values)
        return f"{said} {_promise(test)}".strip()
    said = t(CONTEXT, "{come} people a week never tell {now} from {then}.", **values)
    if test.weeks < MOST:
        said = t(CONTEXT, "{come} people a week never tell {now} from {then}: it takes {weeks}.", weeks=weeks, **values)
    return " ".join(filter(None, (said, _instead(), _promise(test))))


def _promise(test: Trial) -> str:
    """What the rise would bring, so that it can be held against the work."""
    if not test.promise or test.promise <= 0:
        return ""
    worth = money(test.promise)
    return t(CONTEXT, "If the share rises so, it is worth about {money} of gross profit a week.", money=worth)


def _without_target(test: Trial, come: str, now: str) -> str:
    """What the longest sensible test shows, while nobody has said which gain would do."""
    weeks = quantity(rules.get(WEEKS).number, "week")
    if test.detectable is None:
        said = t(CONTEXT, "{come} people a week show no rise at all in {weeks}.", come=come, weeks=weeks)
        return f"{said} {_instead()}"
    values = {"weeks": weeks, "come": come, "now": now, "then": share(test.detectable)}
    said = t(CONTEXT, "In {weeks} {come} people a week show a rise from {now} to {then} or more.", **values)
    return f"{said} {t(CONTEXT, 'Write the share you hope for, and the weeks will stand here.')}"


def _split() -> str:
    return t(CONTEXT, "People did not come to the two groups evenly: find out why before you read anything.")


def _instead() -> str:
    return t(CONTEXT, "Test a bigger change, count an earlier step, ask ten clients, or simply decide.")
