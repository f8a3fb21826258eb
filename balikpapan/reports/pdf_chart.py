"""Charts on paper: bars in ink and in hatching, so that they are told apart in black and white."""

from decimal import Decimal

from reportlab.lib import colors
from reportlab.platypus import Flowable

from .bar_charts import Bar, BarChart
from .pdf_text import PLAIN, broken, font_for, printable, width_of

SIZE = 9
LEAST_SIZE = 5.5
LINE = SIZE * 1.2
GAP = 5  # between a bar and what is written beside it
ROW_SHARE, COLUMN_SHARE = 0.66, 0.74  # of the room of a row or column that its bars fill
WIDEST_LABEL = 0.32  # of the drawing
HIGHEST_ROW = 62.0  # for one row of lying bars
HATCH = 4.0  # between two lines of hatching

_INK = colors.HexColor("#1F4E79")
_PALE = colors.HexColor("#5B7FA3")


class BarDrawing(Flowable):
    """One chart in the room it is given; every bar carries its number, so no line crosses it."""

    def __init__(self, chart: BarChart, width: float, height: float):
        super().__init__()
        self.chart, self.width, self.height = chart, width, height

    def wrap(self, width, height):
        return self.width, self.height

    def draw(self):
        key = LINE * 2 if len(self.chart.series) > 1 else 0
        if key:
            self._draw_key()
        if self.chart.source.is_standing:
            self._draw_standing(self.height - key)
        else:
            self._draw_lying(self.height - key)

    def _draw_lying(self, height: float) -> None:
        rows = self.chart.rows
        labels = [printable(label) for label, _ in rows]
        texts = [bar.text for _, bars in rows for bar in bars]
        side = min(
            max(width_of(label, PLAIN) for label in labels) * SIZE, self.width * WIDEST_LABEL
        )
        begin = side + GAP
        room = self.width - begin - GAP - max(width_of(text, PLAIN) for text in texts) * SIZE
        step = min(height / len(rows), HIGHEST_ROW)
        foot = height - step * len(rows)
        thick = step * ROW_SHARE / len(self.chart.series)
        for place, (label, (_, bars)) in enumerate(zip(labels, rows, strict=True)):
            middle = height - step * (place + 0.5)
            self._write_lines(broken(label, PLAIN, side / SIZE * 1.001), side, middle)
            for series, bar in enumerate(bars):
                base = middle + thick * (len(bars) / 2 - series - 1)
                length = self._scaled(bar, room)
                self._fill(begin, base, length, thick, series)
                self._write(bar.text, begin + length + GAP, base + thick / 2 - SIZE * 0.36)
        self._axis(begin, foot, begin, height)

    def _draw_standing(self, height: float) -> None:
        rows, count = self.chart.rows, len(self.chart.series)
        step, foot = self.width / len(rows), LINE * 1.5
        room = height - foot - LINE * 1.5
        wide = step * COLUMN_SHARE / count
        for place, (label, bars) in enumerate(rows):
            middle = step * (place + 0.5)
            self._write_middle(printable(label), middle, foot - LINE, step)
            for series, bar in enumerate(bars):
                left, high = middle + wide * (series - count / 2), self._scaled(bar, room)
                self._fill(left, foot, wide * 0.92, high, series)
                self._write_middle(bar.text, left + wide * 0.46, foot + high + GAP, wide * 0.98)
        self._axis(0, foot, self.width, foot)

    def _draw_key(self) -> None:
        """What each kind of bar stands for, above the drawing."""
        across, base = 0.0, self.height - LINE
        for series, name in enumerate(self.chart.series):
            self._fill(across, base, LINE * 1.6, LINE * 0.8, series)
            across += LINE * 1.6 + GAP
            self._write(printable(name), across, base + 1)
            across += width_of(printable(name), PLAIN) * SIZE + LINE * 2

    def _scaled(self, bar: Bar, room: float) -> float:
        return float(max(bar.value or Decimal(0), Decimal(0)) / self.chart.highest) * room

    def _fill(self, left: float, base: float, width: float, height: float, series: int) -> None:
        """A bar of its series: the last in ink, any before it hatched within a frame."""
        if width <= 0 or height <= 0:
            return
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(_INK)
        canvas.setLineWidth(0.8)
        if series == len(self.chart.series) - 1:
            canvas.setFillColor(_INK)
            canvas.rect(left, base, width, height, stroke=0, fill=1)
        else:
            canvas.rect(left, base, width, height, stroke=1, fill=0)
            frame = canvas.beginPath()
            frame.rect(left, base, width, height)
            canvas.clipPath(frame, stroke=0, fill=0)
            canvas.setStrokeColor(_PALE)
            canvas.setLineWidth(0.6)
            across = -height
            while across < width:
                canvas.line(left + across, base, left + across + height, base + height)
                across += HATCH
        canvas.restoreState()

    def _axis(self, left: float, base: float, right: float, top: float) -> None:
        self.canv.setStrokeColor(colors.black)
        self.canv.setLineWidth(0.8)
        self.canv.line(left, base, right, top)

    def _write(self, text: str, left: float, base: float, size: float = SIZE) -> None:
        self.canv.setFillColor(colors.black)
        self.canv.setFont(font_for(text, PLAIN), size)
        self.canv.drawString(left, base, text)

    def _write_lines(self, lines: list[str], right: float, middle: float) -> None:
        """Lines of a label that end at ``right``, centred about ``middle``."""
        base = middle + LINE * (len(lines) / 2 - 1) + (LINE - SIZE) / 2 + SIZE * 0.1
        for line in lines:
            self._write(line, right - width_of(line, PLAIN) * SIZE, base)
            base -= LINE

    def _write_middle(self, text: str, middle: float, base: float, room: float) -> None:
        """A text centred about ``middle``, in letters small enough for the room it has."""
        across = width_of(text, PLAIN)
        size = max(min(SIZE, room / across), LEAST_SIZE)
        self._write(text, middle - across * size / 2, base, size)
