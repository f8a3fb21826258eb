"""HiGHS as it is used here: quiet, on one core, the same each time."""

import highspy
import numpy as np

#: How exactly bounds and sums are met, on amounts of up to a million.
TOLERANCE = 1e-9


class Solver(highspy.Highs):
    """A solver that says nothing on standard output."""

    def __init__(self) -> None:
        # The constructor of the bindings greets before it can be told not to.
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
        self.setOptionValue("threads", 1)
        self.setOptionValue("primal_feasibility_tolerance", TOLERANCE)
        self.setOptionValue("dual_feasibility_tolerance", TOLERANCE)


def solver_for(
    rows: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    costs: np.ndarray,
    *,
    most: float = highspy.kHighsInf,
    whole: bool = False,
) -> Solver:
    """A solver for the least ``costs`` with ``lower`` <= ``rows`` x <= ``upper``, 0 <= x <= most.

    ``rows`` is a matrix of zeros and ones; ``whole`` asks for whole numbers.
    """
    solver, model = Solver(), highspy.HighsLp()
    count = rows.shape[1]
    model.num_col_, model.num_row_ = count, rows.shape[0]
    model.col_cost_ = costs
    model.col_lower_, model.col_upper_ = np.zeros(count), np.full(count, most)
    model.row_lower_, model.row_upper_ = lower, upper
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 1e-6)
    columns, places = np.nonzero(rows.T)
    starts = np.searchsorted(columns, np.arange(count + 1))
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = starts.astype(np.int32)
    model.a_matrix_.index_ = places.astype(np.int32)
    model.a_matrix_.value_ = np.ones(len(places))
    solver.passModel(model)
    return solver
