"""The online shop "Home & Linen": half a year of Google Ads, Shopify, unit costs, and a week of visits.

The seed is one whose noise weeks raise no false alarm: the only change in the weekly series is the planted one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from data_samples.make import google_ads, metrika
from data_samples.make.ads import AdDay
from data_samples.make.draw import Draw
from data_samples.make.ecommerce_visits import Clicks, Sale, Week
from data_samples.make.halfyear import LAST_DAY, WEEKS, days_of
from data_samples.make.metrika import Visit
from data_samples.make.tables import table, write, write_grouped_costs

SEED = 1
CHANGE_WEEK = 16
"""From this week on (2026-W38) the mended checkout page turns more visitors into buyers."""
LIFT = 1.45
ORDERS_A_WEEK = 58
LAST_REFUNDED = date(2026, 11, 19)
"""What came later has not arrived at the client yet when the export is made."""
SUMMER, WINTER = timezone(timedelta(hours=-4)), timezone(timedelta(hours=-5))
CLOCKS_GO_BACK = datetime(2026, 11, 1, 6, tzinfo=UTC)
LINES_AT_MOST = 3
FREE_DELIVERY_FROM = 100.0
DELIVERY = 7.90
GROUP_NAMES = {"BED": "Bed linen", "DUV": "Down", "TBL": "Table linen", "CUR": "Curtains", "TWL": "Towels and robes"}


@dataclass(frozen=True)
class Product:
    """One article of the shop; the first three letters of `sku` are its group."""

    sku: str
    name: str
    price: float
    cost: float
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """How a product group is bought: how often, how much, with which refunds and repeats."""

    weight: float
    products: tuple[Product, ...]
    second_unit: float
    second_line: float
    refund: float
    repeat: float
    beside: str


_BED = (
    Product("BED-SET-Q", "Linen Bedding Set - Queen", 169, 88),
    Product("BED-COV-Q", "Linen Duvet Cover - Queen", 119, 62),
    Product("BED-SHT-Q", "Linen Flat Sheet - Queen", 89, 46),
    Product("BED-PIL-2", "Linen Pillowcases - set of 2", 45, 21),
)
_DOWN = (
    Product("DUV-DWN-Q", "Down Duvet - Queen", 149, 126),
    Product("DUV-DWN-K", "Down Duvet - King", 179, 152, 0.7),
    Product("DUV-PLW-1", "Down Pillow - 50x75", 59, 49, 0.5),
)
_TABLE = (
    Product("TBL-CLO-22", "Linen Tablecloth - 140x220", 79, 20),
    Product("TBL-NAP-6", "Linen Napkins - set of 6", 48, 11, 1.2),
    Product("TBL-APR-1", "Linen Apron", 42, 11, 0.7),
    Product("TBL-RUN-1", "Linen Runner - 40x150", 34, 8, 0.7),
)
_CURTAINS = (
    Product("CUR-PAN-26", "Linen Curtain Panel - 140x260", 95, 43),
    Product("CUR-BLK-26", "Linen Blackout Curtain - 140x260", 129, 60, 0.8),
)
_TOWELS = (
    Product("TWL-BTH-1", "Waffle Bath Towel", 32, 12, 1.4),
    Product("TWL-HND-2", "Waffle Hand Towels - set of 2", 28, 10),
    Product("TWL-ROB-1", "Waffle Bathrobe", 98, 42, 0.6),
)
GROUPS = {
    "BED": Group(0.22, _BED, second_unit=0.12, second_line=0.30, refund=0.03, repeat=0.26, beside="BED"),
    "DUV": Group(0.23, _DOWN, second_unit=0.20, second_line=0.12, refund=0.03, repeat=0.10, beside="DUV"),
    "TBL": Group(0.33, _TABLE, second_unit=0.25, second_line=0.55, refund=0.02, repeat=0.42, beside="TBL"),
    "CUR": Group(0.11, _CURTAINS, second_unit=0.65, second_line=0.0, refund=0.27, repeat=0.08, beside="CUR"),
    "TWL": Group(0.11, _TOWELS, second_unit=0.30, second_line=0.35, refund=0.03, repeat=0.28, beside="TBL"),
}


@dataclass(frozen=True)
class Campaign(google_ads.Campaign):
    """A Google Ads campaign with what its clicks bring before the change."""

    conversion_rate: float
    value: float
    lifted: bool = True


CAMPAIGNS = (
    Campaign("Search", "HL_Search_Brand", 130, 0.60, 0.18, 0.052, 108),
    Campaign("Search", "HL_Search_Bed-linen", 640, 1.35, 0.055, 0.0155, 139),
    Campaign("Shopping", "HL_Shopping_All-products", 640, 0.85, 0.0095, 0.0120, 121),
    Campaign("Performance Max", "HL_PMax_Table-linen", 320, 0.95, 0.014, 0.0200, 92),
    Campaign("Demand Gen", "HL_DemandGen_Home-inspiration", 330, 0.16, 0.008, 0.0009, 74, lifted=False),
)


@dataclass(frozen=True)
class Line:
    """One article in an order."""

    product: Product
    quantity: int

    @property
    def amount(self) -> float:
        """The line before discounts."""
        return self.product.price * self.quantity


@dataclass
class Order:
    """One order, before it is written down as Shopify writes it."""

    created: datetime
    customer: int
    lines: list[Line]
    code: str = ""
    discount: float = 0.0
    status: str = "paid"
    refunded: float = 0.0
    cancelled: datetime | None = None
    number: int = 0

    @property
    def subtotal(self) -> float:
        """The goods after the discount."""
        return round(sum(line.amount for line in self.lines) - self.discount, 2)

    @property
    def delivery(self) -> float:
        """What the client pays for delivery."""
        return 0.0 if self.subtotal >= FREE_DELIVERY_FROM else DELIVERY

    @property
    def total(self) -> float:
        """What the client pays, before refunds."""
        return round(self.subtotal + self.delivery, 2)


WEEKDAYS = (1.05, 1.0, 1.0, 0.95, 0.9, 1.05, 1.15)


def lift(week: int) -> float:
    """How much more the clicks of a week bring than before the change."""
    return LIFT if week >= CHANGE_WEEK else 1.0


def campaign_week(draw: Draw, campaign: Campaign, week: int) -> list[AdDay]:
    """A campaign's seven days: clicks by the day's own draw, conversions dealt out by clicks."""
    days = campaign.week(draw, WEEKDAYS)
    rate = campaign.conversion_rate * (lift(week) if campaign.lifted else 1.0)
    expected = rate * sum(day.clicks for day in days)
    halves = max(0, round(2 * draw.around(expected, 0.5 * expected**0.5)))
    for day, dealt in zip(days, draw.split(halves, [day.clicks for day in days]), strict=True):
        day.conversions = dealt / 2
        day.value = round(dealt / 2 * campaign.value * draw.around(1, 0.12), 2)
    return days


def ad_weeks(draw: Draw) -> list[list[list[AdDay]]]:
    """Each week's campaigns, and of each its seven days."""
    return [[campaign_week(draw, campaign, week) for campaign in CAMPAIGNS] for week in range(WEEKS)]


class Shop:
    """The clients of the shop: who is due to come back, and who comes for the first time."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.customers = 0
        self.due: dict[int, tuple[date, str]] = {}
        self.orders: list[Order] = []

    def trade(self) -> list[Order]:
        """Half a year of orders, and those that wait for a bank deposit."""
        for week in range(WEEKS):
            paid = round(self.draw.around(ORDERS_A_WEEK * lift(week), 4.2 * lift(week) ** 0.5))
            for day, count in zip(days_of(week), self.draw.split(paid, WEEKDAYS), strict=True):
                for _ in range(count):
                    self.sell(day)
            if self.draw.happens(0.8):
                self.cancel(days_of(week)[self.draw.below(7)])
        return self.orders

    def await_deposits(self) -> list[Order]:
        """Orders whose buyer chose to pay by bank deposit and was never reminded."""
        for week in range(WEEKS):
            for _ in range(1 + self.draw.below(2)):
                self.customers += 1
                order = self.order(days_of(week)[self.draw.below(7)], self.customers, "")
                order.status = "pending"
                self.orders.append(order)
        return self.orders

    def sell(self, day: date) -> None:
        """One paid order: by a client who is due to return, else by a new one."""
        customer, group = self.returning(day)
        order = self.order(day, customer, group)
        self.discount(order, new=group == "")
        self.refund(order)
        self.invite(day, order)
        self.orders.append(order)

    def returning(self, day: date) -> tuple[int, str]:
        """A client whose day to return has come, with the group bought last time; else a new client."""
        for customer, (when, group) in self.due.items():
            if when <= day:
                del self.due[customer]
                return customer, group
        self.customers += 1
        return self.customers, ""

    def order(self, day: date, customer: int, group: str) -> Order:
        """A basket of one to three lines."""
        stay = group and self.draw.happens(0.6)
        names = list(GROUPS)
        name = group if stay else self.draw.pick(names, [GROUPS[name].weight for name in names])
        lines = [self.line(name)]
        while len(lines) < LINES_AT_MOST and self.draw.happens(GROUPS[name].second_line / len(lines)):
            more = self.line(GROUPS[name].beside)
            if more.product not in [line.product for line in lines]:
                lines.append(more)
        zone = SUMMER if day < CLOCKS_GO_BACK.date() else WINTER
        opened = datetime(day.year, day.month, day.day, 7, tzinfo=zone)
        at = opened + timedelta(seconds=self.draw.below(int(16.5 * 3600)))
        return Order(at, customer, lines)

    def line(self, name: str) -> Line:
        """One article of a group, sometimes two or more of it."""
        group = GROUPS[name]
        product = self.draw.pick(group.products, [product.weight for product in group.products])
        return Line(product, 2 if self.draw.happens(group.second_unit) else 1)

    def discount(self, order: Order, *, new: bool) -> None:
        """Sleep week never ends: most down goes out at 15% off; some first orders take 10% off."""
        down = order.lines[0].product.sku.startswith("DUV")
        code, share = ("SLEEP15", 0.15) if down and self.draw.happens(0.66) else ("", 0.0)
        if new and not code and self.draw.happens(0.18):
            code, share = "WELCOME10", 0.10
        order.code = code
        order.discount = round(share * sum(line.amount for line in order.lines), 2)

    def refund(self, order: Order) -> None:
        """A refund of the whole order, or of one unit of its first line."""
        group = GROUPS[order.lines[0].product.sku[:3]]
        if not self.draw.happens(group.refund) or order.created.date() > LAST_REFUNDED:
            return
        kept = order.subtotal / (order.subtotal + order.discount)
        one_unit = round(order.lines[0].product.price * kept, 2)
        order.refunded = order.total if self.draw.happens(0.75) else one_unit
        order.status = "refunded" if order.refunded == order.total else "partially_refunded"

    def invite(self, day: date, order: Order) -> None:
        """Whether and when the client comes back; who got the money back does not."""
        name = order.lines[0].product.sku[:3]
        if order.status != "refunded" and self.draw.happens(GROUPS[name].repeat):
            wait = 9 + int(max(0.0, self.draw.around(22, 11)))
            self.due[order.customer] = (day + timedelta(days=wait), name)

    def cancel(self, day: date) -> None:
        """An order that was never paid."""
        self.customers += 1
        order = self.order(day, self.customers, "")
        order.status = "voided"
        order.cancelled = order.created + timedelta(hours=3 + self.draw.below(40), minutes=self.draw.below(60))
        self.orders.append(order)


SHOPIFY_HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
)


def written_time(moment: datetime) -> str:
    """A time by the shop's clock, with its offset: summer time until the first of November."""
    return f"{moment.astimezone(SUMMER if moment < CLOCKS_GO_BACK else WINTER):%Y-%m-%d %H:%M:%S %z}"


def order_cells(order: Order, draw: Draw) -> dict[str, str]:
    """The cells that Shopify writes on the first line of an order only."""
    paid = order.status not in ("voided", "pending")
    sent = order.created + timedelta(hours=20 + draw.below(50), minutes=draw.below(60))
    shipped = paid and sent.date() <= LAST_DAY
    return {
        "Financial Status": order.status,
        "Paid at": written_time(order.created + timedelta(seconds=2)) if paid else "",
        "Fulfillment Status": "fulfilled" if shipped else "unfulfilled",
        "Fulfilled at": written_time(sent) if shipped else "",
        "Accepts Marketing": "yes" if draw.happens(0.58) else "no",
        "Currency": google_ads.CURRENCY,
        "Subtotal": f"{order.subtotal:.2f}",
        "Shipping": f"{order.delivery:.2f}",
        "Taxes": "0.00",
        "Total": f"{order.total:.2f}",
        "Discount Code": order.code,
        "Discount Amount": f"{order.discount:.2f}",
        "Shipping Method": "Standard" if order.delivery else "Free over $100",
        "Cancelled at": written_time(order.cancelled) if order.cancelled else "",
        "Payment Method": paid_by(order, draw),
        "Refunded Amount": f"{order.refunded:.2f}",
        "Outstanding Balance": "0.00" if paid else f"{order.total:.2f}",
        "Id": str(6_100_000_000_000 + 31 * order.number),
        "Risk Level": "Low",
        "Source": "web",
    }


def paid_by(order: Order, draw: Draw) -> str:
    """How the buyer pays; money that never came was to come by bank."""
    if order.status == "pending":
        return "Bank Deposit"
    return "Shopify Payments" if draw.happens(0.8) else "PayPal Express Checkout"


def order_rows(order: Order, draw: Draw) -> list[dict[str, str]]:
    """A line per article; the order's own cells stay blank from the second line on."""
    cells = order_cells(order, draw)
    rows = []
    for place, line in enumerate(order.lines):
        rows.append(
            (cells if place == 0 else {})
            | {
                "Name": f"#{order.number}",
                "Email": f"customer{order.customer}@example.com",
                "Created at": written_time(order.created),
                "Lineitem quantity": str(line.quantity),
                "Lineitem name": line.product.name,
                "Lineitem price": f"{line.product.price:.2f}",
                "Lineitem sku": line.product.sku,
                "Lineitem requires shipping": "true",
                "Lineitem taxable": "true",
                "Lineitem fulfillment status": cells["Fulfillment Status"].replace("unfulfilled", "pending"),
                "Vendor": "Home & Linen",
                "Lineitem discount": "0.00",
            }
        )
    return rows


def write_orders(orders: list[Order], draw: Draw, path: Path) -> None:
    """The orders export, newest first."""
    header = SHOPIFY_HEADER.split(",")
    lines = (line for order in reversed(orders) for line in order_rows(order, draw))
    write(path, table(header, ([line.get(name, "") for name in header] for line in lines)))


def numbered(orders: list[Order]) -> list[Order]:
    """The orders in the sequence in which they came."""
    orders.sort(key=lambda order: order.created)
    for number, order in enumerate(orders, 1001):
        order.number = number
    return orders


def last_week(draw: Draw, weeks: list[list[list[AdDay]]], orders: list[Order]) -> list[Visit]:
    """The visits of the last week, by its clicks and paid orders; the counter runs by the shop's clock."""
    clicks = [
        Clicks(campaign.name, [day.clicks for day in days], sum(day.conversions for day in days))
        for campaign, days in zip(CAMPAIGNS, weeks[-1], strict=True)
    ]
    sales = [
        Sale(order.created.replace(tzinfo=None), order.customer, f"{order.number}")
        for order in orders
        if order.status not in ("voided", "pending") and order.created.date() in days_of(WEEKS - 1)
    ]
    return Week(draw, clicks, sales).run()


def make(folder: Path, seed: int = SEED) -> None:
    """Write the four exports into `folder`."""
    products = [product for group in GROUPS.values() for product in group.products]
    weeks, shop, slow = ad_weeks(Draw(seed)), Shop(Draw(seed + 1)), Shop(Draw(seed + 3))
    paid = shop.trade()
    slow.customers = shop.customers
    orders = numbered(paid + slow.await_deposits())
    google_ads.write_report(folder / "google_ads.csv", "Home & Linen", CAMPAIGNS, weeks)
    write_orders(orders, Draw(seed + 2), folder / "shopify_orders.csv")
    visits = last_week(Draw(seed + 4), weeks, orders)
    metrika.write_visits(folder / "metrika_visits.tsv", Draw(seed + 5), visits)
    costs = ((one.name, one.sku, GROUP_NAMES[one.sku[:3]], one.cost) for one in products)
    write_grouped_costs(folder / "costs.csv", google_ads.CURRENCY, costs)
