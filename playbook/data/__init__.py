"""A founder's own exports: read by facts about each system, kept as they came, turned into tables and numbers.

Importer(workspace).preview("orders.csv")     what the file is and what it would change; writes nothing
Importer(workspace).run(preview)              takes it in as one batch
imports(workspace), undo(workspace, 3)        the batches, and one of them switched off exactly
Facts(workspace).get("cac")                   a number out of the tables, or why there is none
"""

from playbook.data.batches import imports, undo
from playbook.data.facts import Fact, Facts, NoFact
from playbook.data.importer import Importer, Outcome
from playbook.data.preview import Preview
from playbook.data.shape import Question

__all__ = ["Fact", "Facts", "Importer", "NoFact", "Outcome", "Preview", "Question", "imports", "undo"]
