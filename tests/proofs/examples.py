"""One sound input of every question, to be spoilt."""

from __future__ import annotations

from typing import Any

_SALE = {"average_order_value": 30000, "gross_margin": 0.4}
_ELEMENT = {"exists": True, "evidence": "https://example.com/page"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "ten": {"answers": {"cost_per_lead": 9.8, "lead_sources": "search 36, letters 21"}, "seconds": 412},
    "maturity": {"answers": [0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1]},
    "goal": {
        "objective": "sales_now",
        "horizon_days": 60,
        "target_customers": 30,
        "average_order_value": 120,
        "gross_margin": 0.4,
        "visit_to_lead": 0.05,
        "lead_to_sale": 0.3,
        "cost_per_visit": 0.5,
        "cycle_days": 7,
    },
    "deal-cycle": {
        "deals": [{"days": 3, "closed": True}, {"days": 9, "closed": True}, {"days": 30, "closed": False}],
        "deciders": 3,
        "average_order_value": 9000,
    },
    "unit-economics": {
        "price": 100,
        "price_discount": 0.05,
        "refund_rate": 0.06,
        "cogs": 40,
        "logistics": 5,
        "service": 3,
        "commission_rate": 0.03,
        "purchases_per_month": 1,
        "monthly_retention": 0.8,
        "payback_target_months": 3,
        "cac": 60,
        "lead_to_sale": 0.3,
        "visit_to_lead": 0.05,
    },
    "core": {
        "scenario": "b2b",
        "objective": "sales_now",
        "horizon_days": 60,
        "cycle_days": 45,
        "deciders": 4,
        "average_order_value": 9000,
        "admissible_cac": 900,
        "cac": 700,
        "cost_per_lead": 60,
        "max_cost_per_lead": 90,
        "monthly_retention": 0.8,
        "sales_stable": "yes",
        "can_publish": 2,
        "records_ready": 0.6,
        "demand_exists": "some",
        "clients_compare": "yes",
        "repeat_natural": "no",
        "client_base": 200,
        "target_accounts": 40,
    },
    "working-loop": dict.fromkeys(("offer", "main_channel", "landing", "analytics", "crm", "lead_rule"), _ELEMENT),
    "kpi": {
        "chosen": [
            {"metric": metric, "owner": "Anna", "target": 10, "source": "CRM"}
            for metric in ("leads", "cost_per_lead", "cac", "revenue", "gross_profit")
        ]
    },
    "kpi-tree": {
        "weeks": [
            {"visits": 1000, "leads": 50, "sales": 10, "revenue": 1200, "gross_profit": 480},
            {"visits": 900, "leads": 54, "sales": 9, "revenue": 1170, "gross_profit": 468},
        ],
        "visits_plan": 1000,
        "visit_to_lead_plan": 0.06,
        "lead_to_sale_plan": 0.2,
        "average_order_value_plan": 130,
        "gross_margin_plan": 0.4,
        "if_leads": 60,
    },
    "ideas": {
        "method": "rice",
        "ideas": [
            {
                "name": "One page",
                "kind": "landing",
                "state": "running",
                "reach": 400,
                "impact": 2,
                "confidence": 0.8,
                "effort": 1,
                "metric": "visit_to_lead",
                "hoped": 0.06,
                "started": "2026-11-02",
                "control_people": 2100,
                "control_wins": 84,
                "variant_people": 2080,
                "variant_wins": 121,
            },
            {
                "name": "A letter",
                "kind": "message",
                "state": "done",
                "metric": "other",
                "baseline": 0.1,
                "per_week": 300,
                "finished": "2026-11-01",
                "control_people": 400,
                "control_wins": 41,
                "variant_people": 410,
                "variant_wins": 38,
                "outcome": "kept",
                "learned": "Nobody opens it",
            },
            {"name": "A film", "kind": "creative", "reach": 900, "impact": 1, "confidence": 0.5, "effort": 2},
        ],
        "visit_to_lead": 0.04,
        "lead_to_sale": 0.2,
        "visits_per_week": 1200,
        "leads_per_week": 48,
        "profit_per_sale": 900,
        "today": "2026-12-01",
    },
    "week": {
        "metrics": [{"metric": "leads", "plan": 40, "value": 36, "previous": [30, 33, 41, 28]}],
        "decisions": [{"what": "Stop it", "why": "No sales", "owner": "Anna", "due": "2026-12-01"}],
        "meeting_minutes": 45,
        "previous": [{"what": "A letter", "outcome": "worked"}],
    },
    "thirty-days": {
        "start": "2026-12-01",
        "scenario": "local",
        "hours_per_week": 6,
        "growth_points": ["offer_works"],
        "holidays": ["2026-12-25"],
    },
    "contract-retention": {"survival": [0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491], "discount_rate": 0.1},
    "repeat-purchases": {
        "customers": [
            {"frequency": x, "recency": 4 * x + y, "age": 40 - y, "mean_value": 20 + 3 * y}
            for x in (0, 1, 1, 2, 5)
            for y in range(8 if x else 1)
        ]
    },
    "sample-size": {"baseline": 0.2, "mde": 0.05, "visitors_per_week": 40},
    "ab-test": {"control": {"n": 900, "conversions": 90}, "variant": {"n": 910, "conversions": 120}},
    "utm": {"links": [{"address": "https://a.io/p", "source": "vk", "medium": "cpc", "campaign": "spring"}]},
    "srm": {"counts": [5010, 4990], "ratio": [1, 1]},
    "many-tests": {"p_values": [0.01, 0.04, 0.03], "method": "holm"},
    "peeking": {"looks": 5, "alpha": 0.05},
    "chance": {"attempts": 100, "at_least": 30, "successes": 28, "trials": 95},
    "funnel": {"visitors": 2000, "rates": [0.05, 0.3], "average_order_value": 120},
    "pipeline-velocity": {"opportunities": 40, "average_deal": 9000, "win_rate": 0.25, "cycle_days": 45},
    "cac": {"costs": {"advertising": 5000, "people": 3000}, "new_customers": 80},
    "clv": {"margin": 50, "retention": 0.8, "discount_rate": 0.01},
    "romi": {"revenue": 20000, "spend": 5000, "cogs": 8000, "discounts": 500, "refunds": 900, "logistics": 700},
    "cohorts": {
        "cohorts": [
            {"month": "2026-05-01", "active": [30, 12, 9, 4], "profit": [900, 300, 250, 90]},
            {"month": "2026-06-01", "active": "40; 15; 6", "profit": "1300; 420; 100"},
        ],
        "cac": 35,
        "since": "2026-03-20",
        "until": "2026-08-10",
    },
    "rfm": {
        "customers": [
            {"client": f"c{n}", "orders": 1 + n % 4, "silent_days": 3 * n, "money": 40 * (n % 7), "gap_days": 20 + n}
            for n in range(55)
        ],
        "silent_from": 20,
    },
    "data-minimum": {
        "leads": 412,
        "cost_per_lead": 9.5,
        "lead_to_sale": 0.21,
        "gross_profit": 14_300,
        "spend": 3914,
        "with_source": 0.63,
        "with_status": 1,
        "lost_with_reason": 0.39,
        "sales_with_amount": 0.95,
    },
    "channel-loss": {
        "channels": [
            {"name": "search", "leads": 300, "sales": 40, "profit": 9000, "spend": 4000},
            {"name": "cards", "leads": 90, "sales": 12, "profit": 2500, "spend": 600},
            {"name": "nobody knows", "leads": 60, "sales": 8, "profit": 1000, "unknown": True},
        ],
        "lost": "Search",
        "planned_customers": 90,
    },
    "profitability": {
        "segments": [
            {"name": "clinics", "revenue": 5000, "refunds": 100, "direct_costs": 1200, "clients": 12},
            {"name": "cafes", "revenue": 3000, "direct_costs": 1300, "uncosted": 200, "clients": 30},
        ],
        "products": [{"name": "team", "revenue": 5000}],
        "channels": [
            {"name": "search", "revenue": 4000, "direct_costs": 1500, "spend": 900},
            {"name": "banners", "revenue": 200, "direct_costs": 80, "spend": 700},
            {"name": "nobody knows", "revenue": 3800, "direct_costs": 900, "unknown": True},
        ],
        "unassigned_spend": 150,
    },
    "lead-sources": {
        "sources": [
            {
                "name": "cheap",
                "leads": 100,
                "cost_per_lead": 500,
                "lead_to_sale": 0.03,
                "average_order_value": 30000,
                "gross_margin": 0.4,
            },
            {
                "name": "dear",
                "leads": 10,
                "cost_per_lead": 2000,
                "lead_to_sale": 0.2,
                "average_order_value": 30000,
                "gross_margin": 0.4,
            },
        ]
    },
    "attribution": {
        "journeys": [
            {"path": ["search", "letter"], "conversions": 6, "nulls": 40, "value": 900, "days_before": [9, 1]},
            {"path": "blog > search > direct", "conversions": 3, "nulls": 20, "value": 600, "days_before": [20, 8, 0]},
        ],
        "model": "time_decay",
        "half_life_days": 7,
        "costs": [{"name": "search", "cost": 400}],
        "admissible_cac": 90,
    },
    "refusal-reasons": {
        "reasons": [
            {"reason": "Too expensive", "leads": 12, "amount": 9000},
            {"reason": "too expensve", "leads": 2, "amount": 500},
            {"reason": "Дорого", "leads": 3},
            {"reason": "Chose another", "leads": 4},
            {"leads": 5},
        ],
        "apart": [{"reason": "Дорого"}],
        "together": [{"reason": "Chose another", "counts_as": "Competitor"}],
    },
    "speed-to-lead": {
        "leads": [
            {"minutes": 12, "outcome": "won", "weekday": 1, "hour": 10, "count": 3},
            {"minutes": 95.5, "outcome": "lost", "weekday": 6, "hour": 14, "count": 4},
            {"outcome": "open", "weekday": 7, "hour": 22, "untouched_days": 12},
        ],
        "sla_minutes": 30,
        "stale_days": 7,
        "profit_per_sale": 900,
    },
    "nrr": {"start": 10000, "expansion": 900, "contraction": 300, "churn": 700},
    "nps": {"promoters": 60, "passives": 25, "detractors": 15},
    "xmr": {
        "values": [12, 15, 11, 14, 13, 16, 12, 14, 30, 13],
        "changes": [{"value": 4, "why": "new price"}, {"since": "2026-05-20", "metric": "leads"}],
    },
    "scale-readiness": {
        "weeks": [
            {"sales": 12, "spend": 900, "cac": 75, "lead_to_sale": 0.2, "tests_closed": 1},
            {"sales": 14, "spend": 950, "cac": 68, "lead_to_sale": 0.22, "tests_closed": 1},
            {"sales": 13, "spend": 930, "cac": 72, "lead_to_sale": 0.21, "tests_closed": 2},
            {"sales": 15, "spend": 940, "cac": 63, "lead_to_sale": 0.22, "tests_closed": 1},
        ],
        "admissible_cac": 90,
    },
    "definition": {"one_channel": True, "goal": True, "funnel": True, "rules": False},
    "brand-demand": {
        "periods": [
            {"name": str(n), "visits": 1000, "direct": 100 + n, "branded": 50, "leads": 40, "spend": 900, "clients": 9}
            for n in range(1, 7)
        ]
    },
    "channel-dependence": {"sources": [{"name": "search", "leads": 70}, {"name": "?", "leads": 30, "unknown": True}]},
    "order": {"owner": "Ann", "analytics": "Ann", "first_contact_minutes": 30},
    "checklist": {
        "goals": "40 clients by 1 March",
        "first_day": "2026-11-01",
        "today": "2026-11-30",
        "ticked_before": 0,
    },
    "timeline": {"start": "2026-10-01", "today": "2026-11-25"},
}
