"""The subscription service "Clear Rota": Google Ads, HubSpot deals, Stripe payments and what its plans cost.

A trial begins as a deal of HubSpot; who pays after it becomes a client of Stripe and pays every month on the same day.
Payments go back to April, so that the clients from before the half-year are known. The seed is one whose noise weeks
raise no false alarm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from data_samples.make import google_ads, hubspot, stripe
from data_samples.make.ads import AdDay
from data_samples.make.draw import Draw
from data_samples.make.google_ads import Campaign
from data_samples.make.halfyear import FIRST_DAY, LAST_DAY, WEEKS, days_of
from data_samples.make.tables import write_costs

SEED = 99
CHANGE_WEEK = 12
"""Trials begun from this week on (2026-W34) are led through fourteen days of onboarding."""
LIFT = 1.8
WEEKS_BEFORE = 8
"""Trials begun before the half-year: they pay in it, and HubSpot's export leaves them out."""
FIRST_PAYMENT = date(2026, 4, 1)
CLIENTS_AT_FIRST = 100
CURRENCY = "USD"
WEEKDAYS = (1.15, 1.15, 1.1, 1.05, 0.95, 0.55, 0.6)
SATURDAY, FRIDAY = 5, 4
TRIAL_DAYS = 14


@dataclass(frozen=True)
class Plan:
    """A plan with its price a month and what one month of it costs: servers, support, messages sent."""

    name: str
    sku: str
    price: float
    cost: float


PLANS = (Plan("Starter", "PLAN-S", 29, 14), Plan("Team", "PLAN-T", 79, 22), Plan("Business", "PLAN-B", 199, 45))


@dataclass(frozen=True)
class Segment:
    """A kind of client: how readily it pays after a trial, for which plan, and what becomes of it month by month."""

    name: str
    pays: float
    plans: tuple[float, float, float]
    leaves: float
    grows: float
    shrinks: float
    refund: float


SEGMENTS = (
    Segment("Cafes and shops", 0.9, (0.84, 0.16, 0.0), leaves=0.075, grows=0.012, shrinks=0.004, refund=0.01),
    Segment("Clinics", 1.35, (0.12, 0.58, 0.30), leaves=0.010, grows=0.055, shrinks=0.004, refund=0.004),
    Segment("Agencies", 0.95, (0.30, 0.62, 0.08), leaves=0.16, grows=0.01, shrinks=0.03, refund=0.05),
)


@dataclass(frozen=True)
class Channel:
    """Where trials come from, as HubSpot calls it: how many a week, how readily they pay, and from which segments."""

    source: str
    leads: float
    pays: float
    segments: tuple[float, float, float]
    detail: str = ""
    campaign: Campaign | None = None
    lifted: bool = True

    @property
    def utm(self) -> tuple[str, str, str]:
        """Source, medium and campaign that its links carry."""
        if self.source == "Email Marketing":
            return "newsletter", "email", self.detail
        return ("google", "cpc", self.detail) if self.source == "Paid Search" else ("", "", "")


_SEARCH = Campaign("Search", "CR_Search_Rota-software", 500, 3.10, 0.062)
_BRAND = Campaign("Search", "CR_Search_Brand", 46, 0.90, 0.21)
_DEMO = Campaign("Search", "CR_Search_Book-a-demo", 350, 4.40, 0.048)
_TEMPLATE = Campaign("Demand Gen", "CR_DemandGen_Free-template", 150, 0.24, 0.009)
CHANNELS = (
    Channel("Paid Search", 12, 0.18, (0.52, 0.18, 0.30), _SEARCH.name, _SEARCH),
    Channel("Paid Search", 5, 0.27, (0.52, 0.20, 0.28), _BRAND.name, _BRAND),
    # The booking page stands on another address and drops the tags.
    Channel("", 6, 0.25, (0.34, 0.38, 0.28), "", _DEMO),
    Channel("Paid Search", 22, 0.010, (0.74, 0.04, 0.22), _TEMPLATE.name, _TEMPLATE, lifted=False),
    Channel("Organic Search", 10, 0.18, (0.56, 0.16, 0.28), "Unknown keywords (SSL)"),
    Channel("Direct Traffic", 3, 0.16, (0.50, 0.20, 0.30), "clearrota.example/pricing"),
    Channel("Referrals", 3, 0.28, (0.45, 0.25, 0.30), "partner.example"),
    Channel("Email Marketing", 2, 0.20, (0.55, 0.15, 0.30), "monthly-letter"),
)
CAMPAIGNS = tuple(channel.campaign for channel in CHANNELS if channel.campaign)
REASONS = ("No time to set it up", "Too expensive", "Misses an integration", "Chose another service", "")
REASON_WEIGHTS = (0.36, 0.24, 0.18, 0.10, 0.12)
TEMPLATE_REASON = "Off-target: only wanted the template"


@dataclass
class Lead:
    """One trial."""

    created: datetime
    channel: Channel
    segment: Segment
    contacted: datetime | None = None
    activated: datetime | None = None
    closed: datetime | None = None
    won: bool = False
    reason: str = ""
    owner: str = ""
    number: int = 0

    @property
    def stage(self) -> str:
        """Where the deal stands on the day of the export."""
        if self.closed:
            return "Closed Won" if self.won else "Closed Lost"
        return "Activated" if self.activated else "Trial started"


@dataclass
class Charge:
    """One attempt to take money."""

    at: datetime
    customer: int
    segment: Segment
    plan: Plan
    first: bool
    failed: bool = False
    refunded: datetime | None = None


@dataclass
class Client:
    """Someone who pays every month."""

    number: int
    segment: Segment
    plan: Plan
    since: datetime


def lift(week: int) -> float:
    """How much more readily trials of a week pay than before the change."""
    return LIFT if week >= CHANGE_WEEK else 1.0


def month_on(day: date, months: int) -> date:
    """The same day some months later, or the last day of a month that is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


class Service:
    """Half a year of trials and of what became of them, with the weeks before it."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.leads: list[Lead] = []
        self.customers = 0
        self.charges: list[Charge] = []
        self.counts: list[list[int]] = []

    def run(self) -> None:
        """Everything, in the order in which it happens: trials, then clients month by month."""
        for week in range(-WEEKS_BEFORE, WEEKS):
            self.week(week)
        self.leads.sort(key=lambda lead: lead.created)
        for number, lead in enumerate(self.leads, 1):
            lead.number = number
        for client in sorted([*self.old_clients(), *self.new_clients()], key=lambda client: client.since):
            self.customers += 1
            client.number = self.customers
            self.bill(client)
        self.charges.sort(key=lambda charge: (charge.at, charge.customer))

    # -- trials --------------------------------------------------------------------------------------------------------

    def week(self, week: int) -> None:
        """The trials of a week, who of them is led to a payment, and how the others end."""
        counts = [max(0, round(self.draw.around(one.leads, 0.3 * one.leads**0.5))) for one in CHANNELS]
        self.counts.append(counts)
        leads = [
            self.lead(day, channel)
            for channel, count in zip(CHANNELS, counts, strict=True)
            for day in self.days(week, count)
        ]
        for lead in leads:
            self.contact(lead)
        weights = {id(lead): self.readiness(lead, week) for lead in leads}
        expected = sum(weights.values())
        answered = [lead for lead in leads if lead.contacted]
        for _ in range(min(len(answered), round(self.draw.around(expected, 0.24 * expected**0.5)))):
            winner = self.draw.pick(answered, [weights[id(lead)] for lead in answered])
            answered.remove(winner)
            winner.won = True
        for lead in leads:
            self.end(lead, week)
        self.leads += leads

    def days(self, week: int, count: int) -> Iterator[date]:
        """A day of the week for each of some trials."""
        for day, dealt in zip(days_of(week), self.draw.split(count, WEEKDAYS), strict=True):
            for _ in range(dealt):
                yield day

    def lead(self, day: date, channel: Channel) -> Lead:
        """A trial that begins at some time of the day."""
        at = datetime(day.year, day.month, day.day, 8) + timedelta(minutes=self.draw.below(14 * 60))
        return Lead(at, channel, self.draw.pick(SEGMENTS, channel.segments))

    def readiness(self, lead: Lead, week: int) -> float:
        """The chance that the trial is paid for."""
        return lead.channel.pays * lead.segment.pays * (lift(week) if lead.channel.lifted else 1.0)

    def contact(self, lead: Lead) -> None:
        """A person writes within hours on working days; what comes at a weekend is mostly never looked at."""
        weekend = lead.created.weekday() >= SATURDAY
        if self.draw.happens(0.55 if weekend else 0.02):
            return
        lead.owner = "Nora" if self.draw.happens(0.6) else "Ben"
        if weekend:
            monday = lead.created.date() + timedelta(days=7 - lead.created.weekday())
            lead.contacted = datetime(monday.year, monday.month, monday.day, 9) + timedelta(
                minutes=self.draw.below(420)
            )
        else:
            lead.contacted = lead.created + timedelta(minutes=12 + int(max(0.0, self.draw.around(150, 75))))

    def end(self, lead: Lead, week: int) -> None:
        """A payment on the ninth to thirteenth day, a refusal some days after the trial, or silence."""
        took = 0.44 if week >= CHANGE_WEEK else 0.28
        if lead.won or (lead.contacted and self.draw.happens(took if lead.channel.lifted else 0.10)):
            lead.activated = lead.created + timedelta(minutes=300 + self.draw.below(4 * 1440))
        if not lead.contacted:
            return
        wait = 9 + self.draw.below(5) if lead.won else TRIAL_DAYS + self.draw.below(8)
        closed = (lead.created + timedelta(days=wait)).replace(hour=9) + timedelta(minutes=self.draw.below(480))
        if not lead.won:
            template = not lead.channel.lifted and self.draw.happens(0.7)
            lead.reason = TEMPLATE_REASON if template else self.draw.pick(REASONS, REASON_WEIGHTS)
        if closed.date() <= LAST_DAY:
            lead.closed = closed

    # -- clients -------------------------------------------------------------------------------------------------------

    def old_clients(self) -> Iterator[Client]:
        """Those who have paid since before April; the first payment seen is of April."""
        for _ in range(CLIENTS_AT_FIRST):
            segment = self.draw.pick(SEGMENTS, (0.52, 0.26, 0.22))
            at = datetime(2026, 4, 1, 13) + timedelta(days=self.draw.below(28), minutes=self.draw.below(540))
            yield Client(0, segment, self.draw.pick(PLANS, segment.plans), at)

    def new_clients(self) -> Iterator[Client]:
        """Those whose trial ended with a payment: on the same day, by Greenwich."""
        for lead in self.leads:
            if lead.won and lead.closed and lead.closed.date() >= FIRST_PAYMENT:
                at = lead.closed + timedelta(hours=4)
                yield Client(0, lead.segment, self.draw.pick(PLANS, lead.segment.plans), at)

    def bill(self, client: Client) -> None:
        """A charge a month until the client leaves, gets the money back, or the card gives out."""
        months = 0
        while (day := month_on(client.since.date(), months)) <= LAST_DAY:
            if months and self.draw.happens(client.segment.leaves):
                return
            if months:
                self.change_plan(client)
            at = datetime.combine(day, client.since.time())
            if not self.charge(client, at, first=months == 0):
                return
            months += 1

    def change_plan(self, client: Client) -> None:
        """Now and then a client takes a higher plan, or a lower one."""
        place = PLANS.index(client.plan)
        if self.draw.happens(client.segment.grows) and place + 1 < len(PLANS):
            client.plan = PLANS[place + 1]
        elif self.draw.happens(client.segment.shrinks) and place:
            client.plan = PLANS[place - 1]

    def charge(self, client: Client, at: datetime, *, first: bool) -> bool:
        """Take a month's money; whether the client stays."""
        charge = Charge(at, client.number, client.segment, client.plan, first)
        if not first and self.draw.happens(0.03):
            self.charges.append(Charge(at, client.number, client.segment, client.plan, first, failed=True))
            again = at + timedelta(hours=20 + self.draw.below(4))
            if self.draw.happens(0.2) or again.month != at.month or again.date() > LAST_DAY:
                return False
            charge.at = again
        if self.draw.happens(client.segment.refund):
            back = charge.at + timedelta(days=1 + self.draw.below(5), minutes=self.draw.below(300))
            charge.refunded = back if back.date() <= LAST_DAY else None
        self.charges.append(charge)
        return charge.refunded is None


def deals(leads: list[Lead]) -> Iterator[hubspot.Deal]:
    """The deals of the half-year as HubSpot knows them."""
    for lead in leads:
        if lead.created.date() >= FIRST_DAY:
            yield hubspot.Deal(
                number=lead.number,
                stage=lead.stage,
                owner=lead.owner,
                created=lead.created,
                closed=lead.closed,
                lost_reason="" if lead.won or not lead.closed else lead.reason,
                source=lead.channel.source,
                detail=lead.channel.detail,
                utm=lead.channel.utm,
                engaged=lead.contacted if lead.contacted and lead.contacted.date() <= LAST_DAY else None,
                activated=lead.activated if lead.activated and lead.activated.date() <= LAST_DAY else None,
                segment=lead.segment.name,
            )


def payments(charges: list[Charge]) -> Iterator[stripe.Payment]:
    """The charges as Stripe knows them."""
    for charge in charges:
        yield stripe.Payment(
            created=charge.at,
            customer=charge.customer,
            amount=charge.plan.price,
            first=charge.first,
            failed=charge.failed,
            refunded=charge.refunded,
            metadata=(charge.plan.name, charge.segment.name),
        )


def ad_weeks(draw: Draw, leads: list[Lead]) -> list[list[list[AdDay]]]:
    """The days of each campaign: a conversion is a trial begun, whatever HubSpot says of its source."""
    begun: dict[tuple[str, date], int] = {}
    for lead in leads:
        if lead.channel.campaign:
            key = lead.channel.campaign.name, lead.created.date()
            begun[key] = begun.get(key, 0) + 1
    weeks = [[campaign.week(draw, WEEKDAYS) for campaign in CAMPAIGNS] for _ in range(WEEKS)]
    for week, campaigns in enumerate(weeks):
        for campaign, days in zip(CAMPAIGNS, campaigns, strict=True):
            for day, figures in zip(days_of(week), days, strict=True):
                figures.conversions = begun.get((campaign.name, day), 0)
    return weeks


def make(folder: Path, seed: int = SEED) -> None:
    """Write the four exports into `folder`."""
    service = Service(Draw(seed))
    service.run()
    weeks = ad_weeks(Draw(seed + 1), service.leads)
    google_ads.write_report(folder / "google_ads.csv", "Clear Rota", CAMPAIGNS, weeks)
    hubspot.write_deals(folder / "hubspot_deals.csv", deals(service.leads))
    stripe.write_payments(
        folder / "stripe_payments.csv", Draw(seed + 2), payments(service.charges), ("plan", "segment")
    )
    write_costs(folder / "plan_costs.csv", CURRENCY, ((plan.name, plan.sku, plan.cost) for plan in PLANS))
