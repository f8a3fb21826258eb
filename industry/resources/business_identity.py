"""How a business is recognised in a sheet, and which second record its rows hold."""

from balikpapan.intake.resources import ChildRecord, RuleIdentity

from ..models import BusinessYear

BUSINESS_IDENTITY = RuleIdentity(
    number="IKM",
    unique=("nib",),
    paired=(("nik", "name"),),
    comparison_columns=("owner_name", "address", "kelurahan_id", "phone", "products", "commodity"),
)
#: What the sheet of another subject says of a business, its products excepted: there they are
#: those of the certificate, not all of the business.
KNOWN_BUSINESS = RuleIdentity(
    number="IKM",
    unique=("nib",),
    paired=(("nik", "name"),),
    comparison_columns=("owner_name", "address", "kelurahan_id", "phone"),
)
YEAR_CHILD = ChildRecord(BusinessYear, "business_id", ("year",))
