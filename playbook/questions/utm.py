"""Links with their tags: where a visit comes from stands in its address, written the same way every time (A54).

The five names are those that web analytics agree on: utm_source, utm_medium, utm_campaign, utm_content, utm_term.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, ClassVar
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from pydantic import Field

from playbook import units
from playbook.display import Face, Number, Point, Points, Section, Verdict, word
from playbook.i18n import number, t, tn
from playbook.model import Inputs, Part, Result

CONTEXT = "utm"
TAGS = ("source", "medium", "campaign", "content", "term")
NEEDED = ("source", "medium", "campaign")
_PERSON = re.compile(r"@|\+\d[\d\s()-]{8,}\d|(?<!\d)[78]\d{10}(?!\d)")
_SPACES = re.compile(r"\s+")
_FOREIGN = re.compile(r"[^a-z0-9_.\-{}|]")
_PLACES = "{}|"
"""Signs of an advertising system's own placeholders, such as {campaign_id}: they have to stay as they are."""
Address = Annotated[str, Field(max_length=2000, json_schema_extra={"unit": "text"})]


class Link(Part):
    """A link of an advertisement, a letter or a post, before it has its tags."""

    name_of_question = CONTEXT
    address: Address = ""
    """Page it leads to

    With https:// in front."""
    source: units.Name = ""
    """Source, utm_source

    Who sends the visitor: yandex, vk, newsletter."""
    medium: units.Name = ""
    """Kind of traffic, utm_medium

    cpc for paid clicks, email, social, qr."""
    campaign: units.Name = ""
    """Campaign, utm_campaign

    The same name as in the advertising account."""
    content: units.Name = ""
    """Advertisement, utm_content

    Only if several lead to one page."""
    term: units.Name = ""
    """Search phrase, utm_term"""

    def written(self) -> dict[str, str]:
        """The tags as they go into the link: small letters, no spaces."""
        told = {tag: _SPACES.sub("_", str(getattr(self, tag)).strip()) for tag in TAGS}
        return {tag: text if _placeholder(text) else text.lower() for tag, text in told.items() if text}

    def called(self) -> str:
        """What tells it from the others."""
        written = self.written()
        return " · ".join(written[tag] for tag in ("source", "campaign", "content") if tag in written)

    def lacks(self) -> tuple[str, ...]:
        """Labels of what has to be there before the link can be made."""
        labels = {spec.name: spec.label for spec in self.fields()}
        written = self.written()
        missing = [labels[tag] for tag in NEEDED if tag not in written]
        return (*(() if self.whole() else (labels["address"],)), *missing)

    def whole(self) -> bool:
        """Whether the address is that of a page."""
        try:
            found = urlsplit(self.address.strip())
        except ValueError:
            return False
        return found.scheme in ("http", "https") and "." in found.netloc and not _SPACES.search(self.address.strip())

    def tagged(self) -> str:
        """The address with its tags before any #, those it had replaced; empty while something lacks."""
        if self.lacks() or self.personal():
            return ""
        found = urlsplit(self.address.strip())
        kept = [part for part in found.query.split("&") if part and not part.lower().startswith("utm_")]
        added = [f"utm_{tag}={quote(text, safe=_PLACES)}" for tag, text in self.written().items()]
        return urlunsplit(found._replace(query="&".join([*kept, *added])))

    def personal(self) -> bool:
        """Whether a tag holds an e-mail address or a telephone: they would lie open in every report."""
        return any(_PERSON.search(str(getattr(self, tag))) for tag in TAGS)

    def told(self) -> Iterator[str]:
        """What is better mended, and what was changed on the way."""
        labels, name = {spec.name: spec.label for spec in self.fields()}, self.address.strip()
        if lacks := self.lacks():
            yield t(CONTEXT, "missing or not right: {names}", names="; ".join(lacks))
        if self.personal():
            yield t(CONTEXT, "an e-mail address or a telephone does not belong into a link")
        for tag, text in self.written().items():
            if text != str(getattr(self, tag)).strip():
                yield t(CONTEXT, "{label} is written as {tag}", label=labels[tag], tag=text)
            if _FOREIGN.search(text.lower()):
                yield t(CONTEXT, "{label}: Latin letters, digits, - and _ are read by every report", label=labels[tag])
        if self.whole() and any(key.lower().startswith("utm_") for key, _ in parse_qsl(urlsplit(name).query)):
            yield t(CONTEXT, "tags that stood in the address are replaced")


class Utm(Inputs):
    """Ask for links whose visits tell where they came from.

    >>> link = {"address": "https://a.io/?x=1#top", "source": "Vk", "medium": "cpc", "campaign": "new year"}
    >>> Utm(links=[link]).solve().links[0].link
    'https://a.io/?x=1&utm_source=vk&utm_medium=cpc&utm_campaign=new_year#top'
    """

    name = CONTEXT
    groups: ClassVar = (("Links", ("links",)),)

    links: tuple[Link, ...] = Field(min_length=1, max_length=200)
    """Your links

    One for each advertisement, letter or post that leads to your site."""

    def solve(self) -> Tagged:
        """Every link with its tags, and what keeps one from being made or makes two look alike."""
        asked = [link for link in self.links if link.address.strip() or link.written()]
        made = tuple(Made(name=link.called(), link=link.tagged(), remarks=tuple(link.told())) for link in asked)
        counted = Counter(one.link for one in made if one.link)
        twice = tuple(link for link, count in counted.items() if count > 1)
        return Tagged(asked=self, links=made, twice=twice)


class Made(Result):
    """One link with its tags."""

    name: str
    """Source, campaign and advertisement."""
    link: str
    """Empty while something lacks."""
    remarks: tuple[str, ...]


class Tagged(Result):
    """The links in their order."""

    asked: Utm = Field(exclude=True, repr=False)
    links: tuple[Made, ...]
    twice: tuple[str, ...]
    """Links that stand there more than once: their visits cannot be told apart."""

    def ready(self) -> int:
        """How many links may be used."""
        return sum(bool(one.link) for one in self.links)

    def face(self) -> Face:
        """Whether every link is ready, the links to copy, and what to look at."""
        sections: list[Section] = []
        if ready := tuple(Point(one.name, one.link) for one in self.links if one.link):
            sections.append(Points(t(CONTEXT, "Links to copy"), ready))
        if points := tuple(self._points()):
            sections.append(Points(t(CONTEXT, "What to look at"), points))
        return Face(self._said(), numbers=self._numbers(), sections=tuple(sections))

    def _said(self) -> Verdict:
        whole, ready = len(self.links), self.ready()
        if not whole:
            say = t(CONTEXT, "No link is here yet.")
            return Verdict("wait", word("wait"), say, t(CONTEXT, "A visit without tags looks as if it came by itself."))
        if ready < whole:
            say = t(CONTEXT, "{ready} of {whole} links can be made.", ready=number(ready), whole=number(whole))
            return Verdict("wait", t(CONTEXT, "Almost"), say, t(CONTEXT, "What the others lack stands below."))
        if self.twice:
            say = t(CONTEXT, "Two links are the same, so their visits cannot be told apart.")
            return Verdict(
                "wait", t(CONTEXT, "Almost"), say, t(CONTEXT, "Give each its own campaign or advertisement.")
            )
        say = tn(CONTEXT, "{n} link is ready.", "{n} links are ready.", whole)
        return Verdict("yes", t(CONTEXT, "Ready"), say, t(CONTEXT, "Open each once and look for it in your analytics."))

    def _numbers(self) -> tuple[Number, ...]:
        of = t(CONTEXT, "of {whole}", whole=number(len(self.links)))
        sources = {link.written().get("source", "") for link in self.asked.links} - {""}
        return (
            Number(t(CONTEXT, "Links ready"), number(self.ready()), of),
            Number(t(CONTEXT, "Different sources"), number(len(sources))),
        )

    def _points(self) -> Iterator[Point]:
        for place, one in enumerate(self.links, 1):
            for remark in one.remarks:
                yield Point(t(CONTEXT, "Link {place}: {remark}.", place=number(place), remark=remark))
        for link in self.twice:
            yield Point(t(CONTEXT, "Twice the same: {link}", link=link))


def _placeholder(text: str) -> bool:
    """Whether an advertising system fills the tag in itself; its placeholders keep their letters."""
    return "{" in text and "}" in text
