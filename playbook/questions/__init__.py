"""The calculators: one question per file, found by the name `playbook solve` knows it by."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from playbook.errors import PlaybookError
from playbook.i18n import t

if TYPE_CHECKING:
    from playbook.model import Inputs

NAMES = {
    "attribution": "attribution:Attribution",
    "ab-test": "ab_test:AbTest",
    "cac": "cac:Cac",
    "chance": "chance:Chance",
    "brand-demand": "brand_demand:BrandDemand",
    "channel-dependence": "channel_dependence:ChannelDependence",
    "channel-loss": "channel_loss:ChannelLoss",
    "checklist": "checklist:Checklist",
    "clv": "clv:Clv",
    "cohorts": "cohorts:Cohorts",
    "contract-retention": "contract_retention:ContractRetention",
    "core": "core:Core",
    "data-minimum": "data_minimum:DataMinimum",
    "deal-cycle": "deal_cycle:DealCycle",
    "definition": "definition:Definition",
    "funnel": "funnel:Funnel",
    "goal": "goal:Goal",
    "ideas": "ideas:Ideas",
    "kpi": "kpi:Kpi",
    "kpi-tree": "kpi_tree:KpiTree",
    "lead-sources": "lead_sources:LeadSources",
    "many-tests": "many_tests:ManyTests",
    "maturity": "maturity:Maturity",
    "nps": "nps:Nps",
    "nrr": "nrr:Nrr",
    "order": "order:Order",
    "peeking": "peeking:Peeking",
    "sample-size": "sample_size:SampleSize",
    "scale-readiness": "scale_readiness:ScaleReadiness",
    "pipeline-velocity": "pipeline_velocity:PipelineVelocity",
    "profitability": "profitability:Profitability",
    "rfm": "rfm:Rfm",
    "romi": "romi:Romi",
    "refusal-reasons": "refusal_reasons:RefusalReasons",
    "repeat-purchases": "repeat_purchases:RepeatPurchases",
    "speed-to-lead": "speed_to_lead:SpeedToLead",
    "srm": "srm:Srm",
    "ten": "ten:Ten",
    "thirty-days": "thirty_days:ThirtyDays",
    "timeline": "timeline:Timeline",
    "unit-economics": "unit_economics:UnitEconomics",
    "utm": "utm:Utm",
    "week": "week:Week",
    "working-loop": "working_loop:WorkingLoop",
    "xmr": "xmr:Xmr",
}


def find(name: str) -> type[Inputs]:
    """The question with this name.

    Raises:
        PlaybookError: when there is none.
    """
    if name not in NAMES:
        raise PlaybookError(
            t("cli", "There is no question '{name}'.", name=name),
            saw=name,
            hint=t("cli", "the questions are: {names}", names=", ".join(NAMES)),
            field="name",
        )
    module, _, cls = NAMES[name].partition(":")
    found: type[Inputs] = getattr(import_module(f"playbook.questions.{module}"), cls)
    return found
