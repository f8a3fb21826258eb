"""Which source a PAD row speaks of: one source under any name, case or code, and doubts asked."""

from collections import defaultdict

from balikpapan.audit.bulk import ChangedRecord, NewRecord
from balikpapan.intake.answers import Question, QuestionKey
from balikpapan.intake.planning.plan import HELD, IGNORED
from balikpapan.intake.resources import SheetRules
from balikpapan.spreadsheets.cells import Finding, format_rupiah, format_whole

from ..models import Revenue, RevenueAccount
from ..models.revenue import doubtful_source, sources_at_hand
from ..models.revenue_sources import name_key

#: How far a year may lie from the one before without a question.
DOUBLE, HALF = 2, 0.5


class SourceRules(SheetRules):
    """The source of every row, told by name, alias or account; new ones are recorded."""

    def prepare(self):
        return {
            "accounts": dict(RevenueAccount.objects.kept().values_list("code", "id")),
            "sources": sources_at_hand(),
        }

    def fill_derived(self, rows, options, problems):
        codes = list(rows.column("account"))
        _read_accounts(rows, options, problems)
        answer, doubtful = options["answers"].near, 0
        names, accounts = rows.column("source_name"), rows.column("account")
        keys = rows.fill("source_key")
        sources, listed = options["sources"], _listed_names(rows)
        for index, name in enumerate(names):
            if not isinstance(name, str) or rows.is_aside(index):
                continue
            match = sources.match(name, accounts[index])
            source = match.source
            period = _period_of(rows, index)
            if match.candidates and not _stand_side_by_side(name, match.candidates, listed[period]):
                if answer is not None:
                    options["answers"].use(QuestionKey.NEAR)
                separate = answer == "new" or rows.is_decided_new(index)
                doubtful += not rows.is_decided_new(index)
                if answer == "update" and not separate and len(match.candidates) == 1:
                    source = match.candidates[0]
                elif not separate:
                    message = doubtful_source(match.candidates)
                    finding = Finding("error", "doubtful_match", message)
                    rows.tell(problems, index, "source_name", finding, name)
                    continue
            if source is None:
                source = sources.new(name, accounts[index], codes[index] or "")
            keys[index] = source.key
            _name_officially(rows, index, source, problems)
        options["doubtful_sources"] = doubtful

    def reconcile(self, stored, values, options, year=None):
        """Another spelling of the source a stored row has changes nothing."""
        if stored and values.get("source_key") == stored.get("source_key"):
            values.pop("source_name", None)

    def plan_related(self, plan, rows, options):
        """Records the new sources, and what the sheet tells of the account of a known one."""
        if doubtful := options.get("doubtful_sources"):
            plan.matches.questions.append(_question(doubtful))
        recorded = {source.key: source for source in options["sources"].recorded()}
        planned = set()
        keys, accounts = rows.column("source_key"), rows.column("account")
        for index, key in enumerate(keys):
            if key is None or key in planned or plan.actions[index] in (HELD, IGNORED):
                continue
            source = recorded.get(key)
            if source is None:
                planned.add(key)
                name = rows.column("source_name")[index]
                values = {"name": name, "account_id": accounts[index], "key": key}
                plan.new_related.append(NewRecord(values, index))
            elif source.account_id is None and accounts[index]:
                planned.add(key)
                after = {"account_id": accounts[index]}
                plan.changed_related.append(
                    ChangedRecord(source.pk, source.version, {"account_id": None}, after, index)
                )
        return ()


def _listed_names(rows) -> dict[tuple, set[str]]:
    """The sources that each list names for one period, in its rows or over its columns."""
    headed = set(map(name_key, rows.stated))
    listed = defaultdict(set)
    for index, name in enumerate(rows.column("source_name")):
        if isinstance(name, str):
            names = listed[_period_of(rows, index)]
            names.add(name_key(name))
            if name_key(name) in headed:
                names |= headed
    return listed


def _period_of(rows, index) -> tuple:
    period = (rows.column(name)[index] for name in ("year", "month"))
    return (rows.sheets[rows.sheet_of[index]], *period)


def _stand_side_by_side(name, candidates, listed) -> bool:
    """Whether one list has the name and all that it is like, as it only has different sources."""
    key = name_key(name)
    names = [{name_key(each) for each in source.names} for source in candidates]
    return all(listed & each and key not in each for each in names)


def _name_officially(rows, index, source, problems):
    """A row calls its source as the register does, so that its spelling changes nothing stored."""
    names = rows.values["source_name"]
    typed, names[index] = names[index], source.name
    if name_key(typed) != name_key(source.name):
        message = f"Dibaca sebagai sumber «{source.name}»."
        finding = Finding("note", "source_alias", message)
        rows.tell(problems, index, "source_name", finding, typed)


def _question(count: int) -> Question:
    return Question(
        "near",
        f"{format_whole(count)} baris menyebut sumber yang mungkin sudah tercatat dengan nama atau "
        "kode lain: tahan, anggap sumber yang sama, atau catat sebagai sumber baru?",
        ["hold", "update", "new"],
        "hold",
        blocking=False,
    )


def _read_accounts(rows, options, problems):
    """A code the chart of accounts does not have is told, not guessed."""
    codes = rows.values.get("account")
    if codes is None:
        return
    accounts = options["accounts"]
    for index, code in enumerate(codes):
        if not isinstance(code, str):
            continue
        if code not in accounts and not rows.is_aside(index):
            advice = "Tambahkan dahulu, atau perbaiki kodenya."
            if (near := _in_two_digits(code)) in accounts:
                advice = f"Mungkin maksudnya {near}."
            message = f'Kode rekening "{code}" belum ada dalam daftar rekening. {advice}'
            finding = Finding("error", "unknown_account", message)
            rows.tell(problems, index, "account", finding, code)
        codes[index] = accounts.get(code)


class RevenueWarnings(SheetRules):
    """A year that doubles or halves what its source brought the year before is looked at."""

    def warn_implausible(self, rows, options, problems):
        sums = {}
        stored = Revenue.objects.kept().filter(realised__isnull=False)
        for year, source, realised in stored.values_list("year", "source_key", "realised"):
            sums[year, source] = sums.get((year, source), 0) + realised
        names = ("year", "source_key", "month", "realised")
        stated = {}
        for index, (year, source, month, realised) in enumerate(
            zip(*map(rows.column, names), strict=True)
        ):
            whole = isinstance(year, int) and isinstance(source, str) and month is None
            if whole and isinstance(realised, int) and not rows.is_aside(index):
                stated[index] = (year, source, realised)
        sums.update({(year, source): amount for year, source, amount in stated.values()})
        for index, (year, source, realised) in stated.items():
            before = sums.get((year - 1, source))
            if not before or HALF * before < realised < DOUBLE * before:
                continue
            change = abs(realised - before) * 100 // before
            message = (
                f"{format_rupiah(realised)} terhadap {format_rupiah(before)} pada {year - 1}, "
                f"{'naik' if realised > before else 'turun'} {change}%: benar? Periksa angka "
                "dan satuannya."
            )
            finding = Finding("warning", "implausible", message)
            rows.tell(problems, index, "realised", finding, realised)


def _in_two_digits(code: str) -> str:
    """An old code such as 4.1.2.01 as the chart of accounts writes it."""
    head, *rest = code.split(".")
    return ".".join([head, *rest[:1], *(part.zfill(2) for part in rest[1:])])
