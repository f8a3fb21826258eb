"""Cells nobody would type, for the property tests of the readers."""

import datetime

from hypothesis import strategies as st

from balikpapan.spreadsheets.model import CellError, Formula, Percent

#: Text made of what office cells are made of, so that hypothesis meets the grammar often.
OFFICE_TEXT = st.text("0123456789.,-−() +'%/:Rp jtorang\n\u202e\u200b１²eE*=#", max_size=24)

PLAIN_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -(10**61), 10**15, 6471012345678901]),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(datetime.UTC)),
    st.times(),
    st.text(),
    st.text(max_size=3).map(lambda text: text * 3000),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zs", "Nd", "No"])),
    OFFICE_TEXT,
    st.binary(max_size=4),
    st.builds(CellError, st.sampled_from(["#DIV/0!", "#N/A", "#REF!"])),
    st.builds(Percent, st.floats()),
)
CELLS = PLAIN_CELLS | st.builds(Formula, st.text(), PLAIN_CELLS)
