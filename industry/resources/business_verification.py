"""A sheet verifies what others have entered, as the form and the list do."""

from balikpapan.intake.resources import RowConflict, SheetRules

from ..verifying import OWN_FIGURES, VERIFIED_FIELDS, is_own, last_entered_by


class VerificationRules(SheetRules):
    """Rows that set a status: of data the user has entered, in this sheet or before, none may."""

    def check_verifier(self, plan, user):
        verified = [record for record in plan.changed if VERIFIED_FIELDS & record.after.keys()]
        if not verified:
            return
        entered_by = last_entered_by(record.id for record in verified)
        written = written_beside(plan)
        for record in verified:
            changed = {*record.after, *(("figures",) if record.id in written else ())}
            if is_own(changed, entered_by.get(record.id), user):
                yield RowConflict(record.place, "status", OWN_FIGURES)


def written_beside(plan) -> set[int | None]:
    """The businesses of which the sheet writes yearly figures or certificates."""
    places = {*plan.new_children.places, *(record.place for record in plan.changed_children)}
    places |= {record.place for record in (*plan.new_related, *plan.changed_related)}
    return {plan.matches.target[place] for place in places}
