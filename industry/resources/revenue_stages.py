"""PAD whose target stands twice beside each source: of the original and of the revised budget."""

from balikpapan.intake.planning.plan import HELD, IGNORED
from balikpapan.intake.resources import SheetRules

from ..choices import BudgetStage
from .revenue_targets import FurtherAmount, plan_amount, stored_year_targets, year_keys

#: Column name -> the stage of the budget its targets are of.
STAGE_COLUMNS = {
    "target_original": BudgetStage.ORIGINAL,
    "target_revised": BudgetStage.REVISED,
}


class StageTargetRules(SheetRules):
    """A row is of the last stage that it states a target of; the target before has its own row.

    What came in is told beside the last target in force, as the reports count it.
    """

    def fill_derived(self, rows, options, problems):
        if not STAGE_COLUMNS.keys() & rows.values.keys():
            return
        targets, stages = rows.fill("year_target"), rows.fill("stage")
        for name, stage in STAGE_COLUMNS.items():
            for index, target in enumerate(rows.column(name)):
                if isinstance(target, int):
                    targets[index], stages[index] = target, str(stage)

    def plan_related(self, plan, rows, options):
        if not STAGE_COLUMNS.keys() <= rows.values.keys():
            return ()
        keys, planned = year_keys(rows), set()
        stored = stored_year_targets({key[0] for key in keys if key[0]})
        originals, revised = map(rows.column, STAGE_COLUMNS)
        for index, (year, source, _) in enumerate(keys):
            key = (year, source, str(BudgetStage.ORIGINAL))
            is_both = isinstance(originals[index], int) and isinstance(revised[index], int)
            if not is_both or key in planned or plan.actions[index] in (HELD, IGNORED):
                continue
            planned.add(key)
            further = FurtherAmount(key, None, "target", originals[index], "target_original")
            plan_amount(plan, rows, index, further, stored.get(key))
        return ()
