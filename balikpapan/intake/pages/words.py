"""The page of an upload's unknown words: each is explained once, for all rows it stands in."""

from django import forms

from ..answers import Answers, QuestionKey
from ..reading.words import word_name
from ..resources import REGISTERS, is_known_word

#: The choice of a word that means nothing, and of one that is explained another time.
BLANKED, LATER = "(kosongkan)", "— jawab nanti —"
#: Longer lists are typed into, with their words on offer; a drop-down of them is no help.
LONGEST_DROP_DOWN = 100


class WordsForm(forms.Form):
    """Every word of a file that its column does not know, each with the values it may mean."""

    def __init__(self, upload, data=None):
        super().__init__(data)
        self.upload = upload
        self.resource = REGISTERS[upload.register]()
        self.columns = self.resource.columns()
        self.options = self.resource.rules.prepare()
        #: Printed heading of a column -> its words, each with its form field.
        self.groups: dict[str, list[tuple[dict, forms.BoundField]]] = {}
        #: The words on offer where they are typed: id of the list -> words.
        self.offers: dict[str, list[str]] = {}
        for number, word in enumerate(words_of(upload)):
            name = f"word_{number}"
            self.fields[name] = self._field(word)
            self.groups.setdefault(word["label"], []).append((word, self[name]))

    def _field(self, word):
        words = self.columns[word["field"]].widget.known_words(self.options)
        about = {"label": f"Arti {word['word']}", "required": False}
        label = {"aria-label": f"{word['label']}: arti {word['word']}"}
        if len(words) > LONGEST_DROP_DOWN:
            offer = f"kata-{word['field']}"
            self.offers[offer] = [BLANKED, *words]
            typed = forms.TextInput(attrs={"list": offer, "autocomplete": "off", **label})
            return forms.CharField(initial=word["suggestion"], widget=typed, **about)
        choices = [("", LATER), (BLANKED, BLANKED), *((each, each) for each in words)]
        drop_down = forms.Select(attrs=label)
        return forms.ChoiceField(
            choices=choices, initial=word["suggestion"] or "", widget=drop_down, **about
        )

    def clean(self):
        given = super().clean()
        for number, word in enumerate(words_of(self.upload)):
            meaning = given.get(f"word_{number}")
            column = self.columns[word["field"]]
            if meaning in (None, "", BLANKED):
                continue
            if not is_known_word(self.resource, column, meaning, self.options):
                message = f"{meaning} tidak dikenal kolom {column.column_name}."
                self.add_error(f"word_{number}", message)
        return given

    def answers(self) -> Answers:
        """The stored answers with the meanings given now."""
        answers = Answers.from_json(self.upload.answers)
        for number, word in enumerate(words_of(self.upload)):
            meaning = self.cleaned_data[f"word_{number}"]
            if meaning:
                name = word_name(word["field"], word["word"])
                answers.values[name] = "" if meaning == BLANKED else meaning
        return answers


def words_question(upload) -> dict | None:
    """The question about the unknown words of an upload, as it is stored."""
    return next((q for q in upload.questions if q["key"] == QuestionKey.WORDS), None)


def words_of(upload) -> list[dict]:
    """The unknown words of an upload, those that hold rows first."""
    question = words_question(upload)
    return question["words"] if question else []
