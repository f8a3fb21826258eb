"""What one destruction is about, by numbers alone, as its minutes and the log have it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balikpapan.intake.models import Upload

from .mentions import Mention
from .subject import Dossier
from .written_nik import TAIL, NikEnding, WrittenNik

#: What an upload holds of what people typed.
TYPED = ("file_name", "reason", "answers", "sheets", "questions", "result")
RECORD, FILE, MENTION = "record", "file", "mention"
#: One thing a destruction is about: its kind, then what leads to it.
Item = tuple


@dataclass(frozen=True)
class Content:
    """Records by kind, workbooks by SHA-256, mentions as lines, and the number to take out of texts.

    Whoever carries it out by the log alone knows of the number only how it ends.
    """

    records: Mapping[str, list[int]]
    files: list[str]
    mentions: list[list]
    number: WrittenNik | NikEnding

    @classmethod
    def of_dossier(cls, dossier: Dossier):
        """Everything a search has brought up."""
        files = sorted({upload.sha256 for upload in dossier.uploads})
        lines = [mention.line for mention in dossier.mentions]
        return cls(dossier.keys, files, lines, WrittenNik(dossier.nik))

    @classmethod
    def of_minutes(cls, destruction):
        """What the minutes say."""
        ending = NikEnding(destruction.hint[-TAIL:])
        return cls(destruction.records, destruction.files, destruction.mentions, ending)

    @classmethod
    def of_line(cls, line):
        """What a line of the log says; an older one knows of no mentions."""
        ending = NikEnding(line.get("tail", ""))
        return cls(line["records"], line["files"], line.get("mentions", []), ending)

    def items(self) -> set[Item]:
        """Each thing by itself, to compare two searches."""
        files = {(FILE, sha256) for sha256 in self.files}
        return self.record_items() | files | {(MENTION, *line) for line in self.mentions}

    def record_items(self) -> set[Item]:
        """The records by themselves."""
        return {(RECORD, label, pk) for label, keys in self.records.items() for pk in keys}

    def with_items_of(self, other: "Content") -> "Content":
        """This content and that of another search."""
        records = {
            label: sorted({*self.records.get(label, ()), *other.records.get(label, ())})
            for label in sorted({*self.records, *other.records})
        }
        files = sorted({*self.files, *other.files})
        mentions = [*self.mentions, *(m for m in other.mentions if m not in self.mentions)]
        return Content(records, files, mentions, self.number)

    def all_mentions(self) -> list[Mention]:
        """The mentions, and every text of the uploads whose workbooks go."""
        label = Upload._meta.label_lower
        uploads = Upload.objects.filter(sha256__in=self.files).values_list("pk", flat=True)
        named = [Mention(*line) for line in self.mentions]
        return [*named, *(Mention(label, pk, name) for pk in uploads for name in TYPED)]


def in_words(items: Iterable[Item]) -> list[str]:
    """Each thing as people read it, with the address of its page where it has one."""
    return sorted(map(_in_words, items))


def _in_words(item):
    kind, *details = item
    if kind == RECORD:
        row = Mention(*details, "")
        return f"{row.kind} {row.pk} {row.address}".rstrip()
    if kind == FILE:
        numbers = Upload.objects.filter(sha256=details[0]).values_list("pk", flat=True)
        return f"berkas asli unggahan {', '.join(map(str, sorted(numbers)))}"
    return str(Mention(*details))
