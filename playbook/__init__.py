"""The marketing-system playbook: `import playbook as pb`.

Every question is a class in the field's words; `.solve()` gives a frozen answer with `.rows()`, `.frame()`, `.chart()`
and `.to_json()`, and shows itself in a notebook's cell. `pb.open(path)` opens a workspace with its tables as frames,
`pb.use("ru", "RUB")` chooses language and currency. Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from playbook import paths

__version__ = paths.VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from playbook.data.opened import Opened as Opened
    from playbook.i18n import speaking as speaking
    from playbook.i18n import use as use
    from playbook.questions.ab_test import AbTest as AbTest
    from playbook.questions.attribution import Attribution as Attribution
    from playbook.questions.brand_demand import BrandDemand as BrandDemand
    from playbook.questions.cac import Cac as Cac
    from playbook.questions.chance import Chance as Chance
    from playbook.questions.channel_dependence import ChannelDependence as ChannelDependence
    from playbook.questions.channel_loss import ChannelLoss as ChannelLoss
    from playbook.questions.checklist import Checklist as Checklist
    from playbook.questions.clv import Clv as Clv
    from playbook.questions.cohorts import Cohorts as Cohorts
    from playbook.questions.contract_retention import ContractRetention as ContractRetention
    from playbook.questions.core import Core as Core
    from playbook.questions.data_minimum import DataMinimum as DataMinimum
    from playbook.questions.deal_cycle import DealCycle as DealCycle
    from playbook.questions.definition import Definition as Definition
    from playbook.questions.funnel import Funnel as Funnel
    from playbook.questions.goal import Goal as Goal
    from playbook.questions.ideas import Ideas as Ideas
    from playbook.questions.kpi import Kpi as Kpi
    from playbook.questions.kpi_tree import KpiTree as KpiTree
    from playbook.questions.lead_sources import LeadSources as LeadSources
    from playbook.questions.many_tests import ManyTests as ManyTests
    from playbook.questions.maturity import Maturity as Maturity
    from playbook.questions.nps import Nps as Nps
    from playbook.questions.nrr import Nrr as Nrr
    from playbook.questions.order import Order as Order
    from playbook.questions.peeking import Peeking as Peeking
    from playbook.questions.pipeline_velocity import PipelineVelocity as PipelineVelocity
    from playbook.questions.profitability import Profitability as Profitability
    from playbook.questions.refusal_reasons import RefusalReasons as RefusalReasons
    from playbook.questions.repeat_purchases import RepeatPurchases as RepeatPurchases
    from playbook.questions.rfm import Rfm as Rfm
    from playbook.questions.romi import Romi as Romi
    from playbook.questions.sample_size import SampleSize as SampleSize
    from playbook.questions.scale_readiness import ScaleReadiness as ScaleReadiness
    from playbook.questions.speed_to_lead import SpeedToLead as SpeedToLead
    from playbook.questions.srm import Srm as Srm
    from playbook.questions.ten import Ten as Ten
    from playbook.questions.thirty_days import ThirtyDays as ThirtyDays
    from playbook.questions.timeline import Timeline as Timeline
    from playbook.questions.unit_economics import UnitEconomics as UnitEconomics
    from playbook.questions.utm import Utm as Utm
    from playbook.questions.week import Week as Week
    from playbook.questions.working_loop import WorkingLoop as WorkingLoop
    from playbook.questions.xmr import Xmr as Xmr
    from playbook.workspace import Workspace as Workspace

_DOOR = {
    "AbTest": "questions.ab_test",
    "Attribution": "questions.attribution",
    "Cac": "questions.cac",
    "Chance": "questions.chance",
    "BrandDemand": "questions.brand_demand",
    "ChannelDependence": "questions.channel_dependence",
    "ChannelLoss": "questions.channel_loss",
    "Checklist": "questions.checklist",
    "Clv": "questions.clv",
    "Cohorts": "questions.cohorts",
    "ContractRetention": "questions.contract_retention",
    "Core": "questions.core",
    "DataMinimum": "questions.data_minimum",
    "DealCycle": "questions.deal_cycle",
    "Definition": "questions.definition",
    "Funnel": "questions.funnel",
    "Goal": "questions.goal",
    "Ideas": "questions.ideas",
    "Kpi": "questions.kpi",
    "KpiTree": "questions.kpi_tree",
    "LeadSources": "questions.lead_sources",
    "ManyTests": "questions.many_tests",
    "Maturity": "questions.maturity",
    "Nps": "questions.nps",
    "Nrr": "questions.nrr",
    "Order": "questions.order",
    "Peeking": "questions.peeking",
    "PipelineVelocity": "questions.pipeline_velocity",
    "Profitability": "questions.profitability",
    "RefusalReasons": "questions.refusal_reasons",
    "RepeatPurchases": "questions.repeat_purchases",
    "Rfm": "questions.rfm",
    "Romi": "questions.romi",
    "SampleSize": "questions.sample_size",
    "ScaleReadiness": "questions.scale_readiness",
    "SpeedToLead": "questions.speed_to_lead",
    "Srm": "questions.srm",
    "Ten": "questions.ten",
    "ThirtyDays": "questions.thirty_days",
    "Timeline": "questions.timeline",
    "UnitEconomics": "questions.unit_economics",
    "Utm": "questions.utm",
    "Week": "questions.week",
    "WorkingLoop": "questions.working_loop",
    "Workspace": "workspace",
    "Xmr": "questions.xmr",
    "speaking": "i18n",
    "use": "i18n",
}

__all__ = ["Workspace", "__version__", "open", *sorted(set(_DOOR) - {"Workspace"})]  # noqa: PLE0604 - names of the door


def open(path: str | Path) -> Opened:
    """Open the workspace at `path`; its tables are frames: `.orders()`, `.leads()`, `.spend()`, `.touches()`.

    Raises:
        WorkspaceMissing, WorkspaceDamaged, WorkspaceNewer, WorkspaceLocked: the file is then left as it was.
    """
    from playbook.data.opened import Opened

    return Opened.open(path)


def __getattr__(name: str) -> Any:
    if name in _DOOR:
        return getattr(import_module(f"playbook.{_DOOR[name]}"), name)
    raise AttributeError(name)


def __dir__() -> list[str]:
    return __all__
