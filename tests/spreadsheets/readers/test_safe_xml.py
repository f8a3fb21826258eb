"""XML is read up to its bounds and not one step beyond."""

import io

import pytest

from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.readers import safe_xml
from balikpapan.spreadsheets.readers.safe_xml import GuardedXml
from balikpapan.spreadsheets.readers.xlsx.strings import SharedStringsXml
from tests.spreadsheets.building import MAIN


class Heard(GuardedXml):
    """All that is told while a text is read; the text of ``<t>`` is collected."""

    namespaces = {"urn:known": "k", "urn:plain": ""}

    def __init__(self):
        super().__init__()
        self.heard = []

    def start(self, name, attributes):
        self.heard.append((name, attributes))
        if name == "t":
            self.collect()

    def end(self, name):
        self.heard.append(self.collected() if name == "t" else f"/{name}")


def read(text):
    return Heard().read(io.BytesIO(text if isinstance(text, bytes) else text.encode()))


def code_of(text, reader=read):
    with pytest.raises(WorkbookRefused) as refusal:
        reader(text)
    return refusal.value.code


def nested(depth):
    return "<a>" * depth + "</a>" * depth


def test_so_many_elements_may_nest():
    assert len(read(nested(64)).heard) == 128
    assert code_of(nested(65)) == "damaged"


def test_elements_that_have_closed_do_not_nest():
    assert len(read(f"<b>{'<a></a>' * 200}</b>").heard) == 402


def test_an_attribute_may_be_so_long():
    assert read(f'<a x="{"y" * 65_536}"/>').heard
    assert code_of(f'<a x="{"y" * 65_537}"/>') == "too_big_inside"


def test_a_text_may_be_so_long_and_the_next_begins_anew():
    text = "y" * 1_000_000

    assert read(f"<b><t>{text}</t><t>{text}</t></b>").heard.count(text) == 2
    assert code_of(f"<t>{text}y</t>") == "too_big_inside"
    # What nobody gathers costs nothing.
    assert read(f"<b>{text}y</b>").heard == [("b", {}), "/b"]


def test_so_many_names_may_be_told_apart(monkeypatch):
    monkeypatch.setattr(safe_xml, "_MOST_NAMES", 3)

    assert read("<a><b/><c/><d/><a/></a>").heard
    assert code_of("<a><b/><c/><d/><e/></a>") == "damaged"


def test_names_are_short_where_their_namespace_is_known():
    heard = read(
        '<a xmlns="urn:plain" xmlns:k="urn:known" xmlns:o="urn:o"><k:b o:x="1" k:y="2" z="3"/></a>'
    )

    assert heard.heard[:2] == [("a", {}), ("k:b", {"?:x": "1", "k:y": "2", "z": "3"})]


@pytest.mark.parametrize(
    ("text", "is_utf8"),
    [
        (b"<a/>", True),
        (b'<?xml version="1.0"?><a/>', True),
        (b'<?xml version="1.0" encoding="utf-8"?><a/>', True),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><a/>', False),
    ],
    ids=repr,
)
def test_the_declared_encoding_is_known(text, is_utf8):
    assert read(text).is_utf8 == is_utf8


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!DOCTYPE a><a/>", "doctype"),
        ("<a>", "damaged"),
        ("<a></b>", "damaged"),
        ("", "damaged"),
        ('<?xml version="1.0" encoding="tiada"?><a/>', "damaged"),
    ],
)
def test_p46_what_is_no_plain_xml_is_refused(text, code):
    assert code_of(text) == code


# The texts of a workbook


def strings(*items, most=None):
    def parse(content):
        reader = SharedStringsXml(1)
        if most is not None:
            reader.most = most
        return reader.read(io.BytesIO(content))

    return parse, f'<sst xmlns="{MAIN}">{"".join(items)}</sst>'.encode()


@pytest.mark.parametrize(
    "item", ["<si><t>a</t></si>", '<si><t xml:space="preserve">a</t><rPh><t>b</t></rPh></si>'],
    ids=["plain", "by the parser"],
)  # fmt: skip
def test_a_workbook_may_hold_so_many_texts(item):
    parse, content = strings(item, item, item, most=3)
    few, _ = strings(most=2)

    assert parse(content).strings == ["a", "a", "a"]
    assert code_of(content, few) == "too_big_inside"


@pytest.mark.parametrize(
    ("rows", "most"), [(1, 1_000_000), (125_000, 1_000_000), (125_001, 1_000_008)]
)
def test_more_rows_may_hold_more_texts(rows, most):
    assert SharedStringsXml(rows).most == most


@pytest.mark.parametrize(
    ("item", "text", "struck"),
    [
        ("<si><t>a &amp; b</t></si>", "a & b", set()),
        ("<si><r><t>a</t></r><r><t>b</t></r></si>", "ab", set()),
        ("<si><t>a</t><rPh><t>x</t></rPh></si>", "a", set()),
        ("<si><r><rPr><strike/></rPr><t>a</t></r></si>", "a", {0}),
        ('<si><r><rPr><strike val="0"/></rPr><t>a</t></r></si>', "a", set()),
        ("<si><t>a_x0041_</t></si>", "aA", set()),
    ],
)
def test_a_text_is_read_from_its_runs_without_their_sound(item, text, struck):
    parse, content = strings(item)

    texts = parse(content)

    assert (texts.strings, texts.struck) == ([text], struck)
